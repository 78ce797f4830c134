"""Intelligence reports in made data: graded lines on children at risk of exploitation, and their answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.sheets import Sheet, sealed
from missingcases.intelligence.deadlines import acknowledge_by, review_on
from missingcases.intelligence.models import Line, Report, Source
from missingcases.intelligence.words import keys_of
from missingcases.made import releases
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, often, reference

REPORTED = 0.03
_TOPICS = {"cse": "cse", "gang": "cce", "county_lines": "cce", "trafficking": "trafficking",
           "online_exploitation": "cse"}  # fmt: skip
_LINES = {
    "cse": "An older man collects them by car from the corner shop in the evening.",
    "cce": "They are given a phone and sent by train to sell for somebody called T.",
    "trafficking": "They were told to ring a number on arrival and to say nothing.",
}
SOURCES = 40


@dataclass(frozen=True, slots=True)
class _Desk:
    charity: int
    author: int
    manager: int
    sources: list[int]
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            Report, "id", "reference", "organisation_id", "author_id", "force_id", "incident_id", "status",
            "topic", "urgency", "obtained_at", "source_id", "review_on", "word_keys", "created_at",
            "approved_by_id", "approved_at", "release_id", "sent_at", "acknowledge_by", "acknowledged_at",
            "acknowledged_by_id", "outcome", "outcome_at",
        ),
        Sheet(
            Line, "id", "report_id", "position", "original", "sanitised", "source_grade",
            "intelligence_grade", "handling",
        ),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    sources = [
        Source.objects.get_or_create(organisation=charity, code=f"M{place:03}")[0].pk
        for place in range(1, SOURCES + 1)
    ]
    desk = _Desk(
        charity.pk,
        staff(charity, "caseworker", Role.CHARITY_CASEWORKER).pk,
        staff(charity, "manager", Role.CHARITY_MANAGER).pk,
        sources,
        ask.end,
    )

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        kind = next((kind for kind, sure in case.who.flags if kind in _TOPICS and sure != "ruled_out"), "")
        at = case.returned_at
        over = at is None or at + timedelta(hours=40) >= ask.end or case.is_restricted
        if kind and not over and often(chance, REPORTED):
            _report(desk, case, chance, pages, _TOPICS[kind])

    return write


def _report(desk: _Desk, case: Case, chance: random.Random, pages: Pages, topic: str) -> None:
    key, told = case.key, (case.returned_at or case.reported_at) + hours(chance, 1, 30)
    approved = told + hours(chance, 1, 6)
    urgency = "immediate" if often(chance, 0.1) else "routine"
    due, taken = acknowledge_by(approved, urgency), approved + hours(chance, 0.1, 27)
    has_it = taken < desk.end and often(chance, 0.95)
    answered = taken + hours(chance, 24, 400)
    ended = has_it and answered < desk.end and often(chance, 0.75)
    words, officer = _LINES[topic], case.force.officer_id
    given = releases.Given(
        "intelligence", desk.charity, case.force.pk, {"line_1": words}, "Intelligence report", "safeguarding",
        approved, author=desk.author, decided_by=desk.manager, acknowledge_by=due,
        acknowledged_at=taken if has_it else None, acknowledged_by=officer if has_it else None,
        source=("intelligence.Report", key),
    )  # fmt: skip
    release = releases.release(case, releases.INTELLIGENCE, given, pages)
    pages["intelligence.Report"].add(
        key, reference("IR", key), desk.charity, desk.author, case.force.pk, key,
        "outcome" if ended else "acknowledged" if has_it else "sent", topic, urgency, told,
        chance.choice(desk.sources), review_on(told), keys_of(words), told, desk.manager, approved,
        release, approved, due, taken if has_it else None, officer if has_it else None,
        chance.choice(("useful", "led_to_action", "no_further_action", "not_credible")) if ended else "",
        answered if ended else None,
    )  # fmt: skip
    pages["intelligence.Line"].add_sealed(
        key, key, 1, sealed(f"They said: {words}"), sealed(words), chance.choice((1, 2, 2, 3)),
        chance.choice("ABCD"), "P",
    )  # fmt: skip


SERVICE = Service(
    "intelligence",
    _sheets,
    _prepare,
    left_out={"intelligence.Mention": "A further incident in one report: somebody who reads both names it."},
)
