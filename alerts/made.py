"""Child Rescue Alerts in made data: very few, each issued by four people and ended."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.models import AlertArea, AlertContent, AlertWording, ChildRescueAlert, CriterionCheck, Notice
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.sheets import Sheet, sealed
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, often, reference

# Of children at high risk: a handful a year in the whole country.
ALERTED = 0.0006
_LASTS, _LOOKED_AT = timedelta(hours=24), timedelta(hours=4)
_CRITERIA = ("under_18", "imminent_danger", "enough_information")


@dataclass(frozen=True, slots=True)
class _Nation:
    agrees: int
    issues: int
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            ChildRescueAlert, "id", "reference", "token", "incident_id", "force_id", "status",
            "proposed_by_id", "proposed_at", "authorised_by_id", "authorised_at", "agreed_by_id", "agreed_at",
            "issued_by_id", "issued_at", "ended_by_id", "ended_at", "cancel_reason", "authorising_rank",
            "call_handling_ready_at", "call_handling_ready_by_id", "review_at", "expires_at", "updated_at",
        ),
        Sheet(AlertArea, "id", "alert_id", "area_id"),
        Sheet(AlertContent, "id", "alert_id", "number", "first_name", "age", "made_by_id", "made_at"),
        Sheet(AlertWording, "id", "content_id", "headline", "description", "instruction", "sms"),
        Sheet(CriterionCheck, "id", "alert_id", "criterion", "evidence", "is_met", "by_id", "at"),
        Sheet(
            Notice, "id", "alert_id", "number", "kind", "content_id", "area_ids", "identifier", "sent_at",
            "expires_at", "made_by_id",
        ),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    nca = Organisation.objects.filter(kind=OrganisationKind.NATIONAL_UNIT).order_by("code")[0]
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    nation = _Nation(
        staff(nca, "duty-officer", Role.NATIONAL_UNIT).pk,
        staff(charity, "manager", Role.CHARITY_MANAGER).pk,
        ask.end,
    )

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        if not case.is_child or case.risk != "high" or case.is_restricted or case.area_id is None:
            return
        graded = case.gradings[-1][0]
        issued = graded + timedelta(minutes=100)
        # One that would run now would call people: none does.
        over = min(case.ended_at or ask.end, issued + _LASTS)
        if issued < over < ask.end and often(chance, ALERTED):
            _alert(nation, case, pages, (graded, issued, over))

    return write


def _alert(nation: _Nation, case: Case, pages: Pages, times: tuple[datetime, datetime, datetime]) -> None:
    graded, issued, over = times
    key, force = case.key, case.force
    found = case.ended_at == over
    ends = "cancelled" if found else "expired"
    why = ("found_deceased" if case.is_dead else "found_safe") if found else ""
    ref = reference("CR", key)
    pages["alerts.ChildRescueAlert"].add(
        key, ref, f"made{key:012x}", key, force.pk, ends, force.officer_id,
        graded + timedelta(minutes=20), force.inspector_id, graded + timedelta(minutes=45), nation.agrees,
        graded + timedelta(minutes=80), nation.issues, issued, nation.issues if found else None, over, why,
        "police_superintendent", graded + timedelta(minutes=70), force.supervisor_id, issued + _LOOKED_AT,
        issued + _LASTS, over,
    )  # fmt: skip
    pages["alerts.AlertArea"].add(key, key, case.area_id)
    name = (case.who.given or "A child")[:60]
    age = case.age if case.age is not None and case.age < 18 else None
    pages["alerts.AlertContent"].add(key, key, 1, name, age, force.officer_id, graded)
    pages["alerts.AlertWording"].add(
        key,
        key,
        "A child is missing",
        "Last seen on foot.",
        "Do not approach. Ring 999.",
        "A child is missing.",
    )
    for place, criterion in enumerate(_CRITERIA):
        at = graded + timedelta(minutes=25)
        pages["alerts.CriterionCheck"].add_sealed(
            key * 4 + place, key, criterion, sealed("As graded."), True, force.officer_id, at
        )
    notices = [("alert", issued, nation.issues)] + ([("cancel", over, nation.issues)] if found else [])
    for number, (kind, at, by) in enumerate(notices, start=1):
        pages["alerts.Notice"].add(
            key * 2 + number, key, number, kind, key, [case.area_id], f"{ref}.{number}", at, at + _LASTS, by
        )


_SENT = "Of what was sent to subscribers: made alerts were sent to nobody."
_ROOM = "What people say to each other before an alert."
SERVICE = Service(
    "alerts",
    _sheets,
    _prepare,
    left_out={
        "alerts.NoticeRun": _SENT,
        "alerts.RunCost": _SENT,
        "alerts.CostApproval": _SENT,
        "alerts.CallVolume": _SENT,
        "alerts.PictureRemoval": "Made alerts have no picture.",
        "alerts.Comment": _ROOM,
        "alerts.TelephoneAgreement": "National agreement was given in the product, by the unit's officer.",
    },
)
