"""Publicity in made data: appeals, where they were shown, how they were taken down, and sightings.

No finished page is made and no outlet of made data is told anything: nothing of it is ever public.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appeals.models import (
    Appeal,
    AppealArea,
    Consent,
    Content,
    Outlet,
    PartyView,
    Placement,
    Sighting,
    Wording,
)
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.clock import in_london
from foundation.sheets import Sheet, sealed
from missingcases.made.checking import Measure
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, often, reference
from missingcases.made.stated import Drawn

# 439 appeals in a year of some 40,000 incidents: of those where somebody is missing for a day, so many.
APPEALED = 0.055
_LEAST = timedelta(hours=24)
_OUTLETS = (
    ("Made news desk", "media_email"), ("Made billboards", "billboard"), ("Made partner site", "webhook"),
    ("Made Mastodon", "mastodon"),
)  # fmt: skip
_KINDS = Drawn((("standard", 60.0), ("high_risk_urgent", 22.0), ("web_only", 10.0), ("regional", 8.0)))
_DECLINED = Drawn(
    (
        ("family_refused", 40.0), ("risk_from_publicity", 30.0), ("insufficient_information", 15.0),
        ("already_located", 15.0),
    )
)  # fmt: skip
_SEEN = (
    "Looked lost near the shops.",
    "On the 43 bus, sitting upstairs.",
    "Asked me for change at the station.",
)


@dataclass(frozen=True, slots=True)
class _Desk:
    charity: int
    prepares: int
    publishes: int
    outlets: list[tuple[int, str]]
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            Appeal, "id", "reference", "token", "incident_id", "organisation_id", "charity_id", "kind",
            "status", "origin", "requested_by_id", "requested_at", "request_reason", "no_publicity",
            "risk_checked_by_id", "risk_checked_at", "balance", "authorised_by_id", "authorised_at",
            "prepared_by_id", "published_by_id", "publish_at", "first_live_at", "expires_at", "withdrawn_at",
            "withdrawn_cause", "updated_at",
        ),
        Sheet(AppealArea, "id", "appeal_id", "area_id"),
        Sheet(PartyView, "id", "appeal_id", "party", "stance", "given_by", "recorded_by_id", "recorded_at"),
        Sheet(
            Consent, "id", "appeal_id", "by", "status", "covers_photo", "name", "relation", "how",
            "recorded_by_id", "recorded_at",
        ),
        Sheet(
            Content, "id", "appeal_id", "number", "first_name", "age", "missing_since", "area_id",
            "made_by_id", "made_at",
        ),
        Sheet(Wording, "id", "content_id", "headline", "description", "clothing"),
        Sheet(
            Placement, "id", "reference", "appeal_id", "outlet_id", "content_id", "status", "planned_at",
            "claimed_at", "tries", "live_at", "withdraw_from", "withdrawal_sent_at", "confirmed_gone_at",
            "confirmed_by", "updated_at",
        ),
        Sheet(
            Sighting, "id", "reference", "appeal_id", "incident_id", "status", "triage", "received_at",
            "seen_at", "place", "area_id", "certainty", "description", "is_anonymous", "triaged_by_id",
            "triaged_at", "pass_by", "passed_at", "passed_by_id", "acknowledge_by", "acknowledged_at",
            "acknowledged_by_id", "outcome", "outcome_at", "updated_at",
        ),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    people = [staff(charity, f"publicity-{place}", Role.CHARITY_PUBLICITY).pk for place in (1, 2)]
    for name, channel in _OUTLETS:
        Outlet.objects.get_or_create(name=name, channel=channel, defaults={"is_active": False})
    outlets = Outlet.objects.order_by("pk").values_list("pk", "channel")
    desk = _Desk(charity.pk, people[0], people[1], list(outlets), ask.end)

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        long_enough = (case.ended_at or ask.end) - case.reported_at > _LEAST and case.area_id is not None
        if long_enough and not case.is_restricted and often(chance, APPEALED):
            _appeal(desk, case, chance, pages)

    return write


def _appeal(desk: _Desk, case: Case, chance: random.Random, pages: Pages) -> None:
    asked = case.reported_at + hours(chance, 2, 14)
    live = asked + hours(chance, 1, 9)
    declined = often(chance, 0.12)
    stopped = case.ended_at if not declined else None
    expires = live + timedelta(days=90)
    lapsed = not declined and stopped is None and expires < desk.end
    status = "declined" if declined else "withdrawn" if stopped or lapsed else "live"
    ended = expires if lapsed else stopped
    shown = None if declined else live
    key, officer = case.key, case.force.officer_id
    pages["appeals.Appeal"].add(
        key, reference("AP", key), f"made{key:012x}", key, case.force.pk, desk.charity, _KINDS.by(chance),
        status,
        "police", officer, asked, "Enquiries have not found them.",
        [_DECLINED.by(chance)] if declined else [], desk.prepares, asked + timedelta(minutes=30),
        "The risk of harm outweighs the intrusion." if shown else "", case.force.supervisor_id,
        asked + timedelta(minutes=20), desk.prepares, desk.publishes if shown else None, shown, shown,
        expires if shown else None, ended, "expired" if lapsed else "stopped" if ended else "",
        ended or shown or asked,
    )  # fmt: skip
    pages["appeals.AppealArea"].add(key, key, case.area_id)
    stance = "against" if declined else "for"
    pages["appeals.PartyView"].add_sealed(
        key, key, "family", stance, sealed("Next of kin"), desk.prepares, asked
    )
    pages["appeals.Consent"].add_sealed(
        key, key, "parental_responsibility" if case.is_child else "family",
        "refused" if declined else "given",
        not declined, sealed("Next of kin"), "Parent" if case.is_child else "Relative", "telephone",
        desk.prepares, asked + timedelta(minutes=40),
    )  # fmt: skip
    pages["appeals.Content"].add(
        key, key, 1, (case.who.given or "Unknown")[:60], min(case.age, 120) if case.age is not None else None,
        in_london(case.last_seen_at).date(), case.area_id, desk.prepares, asked + timedelta(hours=1),
    )  # fmt: skip
    pages["appeals.Wording"].add(
        key, key, "Have you seen them?", "Last seen on foot.", "A dark coat and jeans."
    )
    if shown:
        _placements(desk, case, chance, pages, live, ended)
        _sightings(desk, case, chance, pages, live, ended or desk.end)


def _placements(
    desk: _Desk, case: Case, chance: random.Random, pages: Pages, live: datetime, ended: datetime | None
) -> None:
    for place, (outlet, channel) in enumerate(desk.outlets[:8]):
        ours = channel in ("website", "poster")
        if not ours and not often(chance, 0.55):
            continue
        key, shown = case.key * 8 + place, live + timedelta(minutes=chance.randrange(1, 30))
        status, told, gone, how = "live", None, None, ""
        if ended is not None:
            told = ended + timedelta(seconds=0 if ours else chance.randrange(1, 90))
            gone = told + (timedelta(0) if ours else hours(chance, 0.01, 5))
            how = "ours" if ours else "fetch" if channel == "mastodon" else "link"
            status = "confirmed"
            if shown >= ended:
                status, told, gone, how = "dropped", None, None, ""
            elif gone >= desk.end or (not ours and often(chance, 0.06)):
                status, gone, how = "told", None, ""
        pages["appeals.Placement"].add(
            key, reference("PL", key), case.key, outlet, case.key, status, live, shown,
            0 if status == "dropped" else 1, None if status == "dropped" else shown,
            ended if status in ("confirmed", "told") else None, told, gone, how, gone or told or shown,
        )  # fmt: skip


def _sightings(
    desk: _Desk, case: Case, chance: random.Random, pages: Pages, live: datetime, until: datetime
) -> None:
    for place in range(chance.choice((0, 0, 1, 1, 2))):
        at = live + (until - live) * chance.random()
        judged, passed = at + hours(chance, 0.05, 1.5), at + hours(chance, 1.6, 3)
        taken = passed + hours(chance, 0.2, 30)
        steps = [one < desk.end for one in (judged, passed, taken)]
        status = ("received", "triaged", "passed_to_police", "acknowledged")[sum(steps)]
        key, judge, officer = case.key * 8 + place, desk.prepares, case.force.officer_id
        pages["appeals.Sighting"].add(
            key, reference("SI", key), case.key, case.key, status, "routine" if steps[0] else "", at,
            at - hours(chance, 0.2, 20), "Near the station", case.area_id,
            chance.choice(("sure", "likely", "unsure")), chance.choice(_SEEN), True,
            judge if steps[0] else None, judged if steps[0] else None, at + timedelta(hours=4),
            passed if steps[1] else None, judge if steps[1] else None,
            passed + timedelta(hours=24) if steps[1] else None, taken if steps[2] else None,
            officer if steps[2] else None, "", None, taken if steps[2] else at,
        )  # fmt: skip


_FILE = "A file on disk, or made of one: made data have none."
SERVICE = Service(
    "appeals",
    _sheets,
    _prepare,
    left_out={
        "appeals.Picture": _FILE,
        "appeals.Rendition": _FILE,
        "appeals.Publication": "The finished public page: nothing that is made is ever public.",
        "appeals.FeedEntry": "What a force's feed was read for: made forces have no feed.",
        "appeals.TakedownEntry": "The log beside the times that a placement has itself.",
    },
    measures=(
        Measure(
            "new appeals, of incidents",
            439 / 40_000,
            0.0018,
            """SELECT count(*)::float / (SELECT nullif(count(*), 0) FROM missingcases_incident),
            (SELECT count(*) FROM missingcases_incident), NULL
            FROM appeals_appeal WHERE first_live_at IS NOT NULL""",
            "S",
        ),
    ),
)
