"""Sightings that wait too long, what each waits for, and who is written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from appeals.enums import SightingStatus, SightingWait, SubmissionKind, Triage
from appeals.models import Sighting
from appeals.states import TRIAGERS
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from missingcases.desk.selectors import people_to_tell
from missingcases.enums import RiskLevel

_W = SightingWait
OF_FORCE = frozenset({_W.ANSWER_NOW, _W.ANSWER})
AT_ONCE = frozenset({_W.JUDGE_NOW, _W.PASS_NOW, _W.ANSWER_NOW})
# Of a force first whoever looks after its missing, then its supervisors.
_FORCE: tuple[Role, Role] = (Role.POLICE_COORDINATOR, Role.POLICE_SUPERVISOR)
_CHARITY: tuple[frozenset[Role], frozenset[Role]] = (
    TRIAGERS - {Role.CHARITY_MANAGER},
    frozenset({Role.CHARITY_MANAGER}),
)


def wait_of(sighting: Sighting) -> SightingWait | None:
    """What a sighting waits for; None once it is taken up, or the person is found.

    What somebody writes about themself waits for its review whether or not the incident is open.
    """
    about_themself = sighting.kind != SubmissionKind.SIGHTING
    if not (about_themself or sighting.incident.is_open):
        return None
    if sighting.status == SightingStatus.RECEIVED:
        pressing = about_themself or sighting.incident.risk_level == RiskLevel.HIGH
        return _W.JUDGE_NOW if pressing else _W.JUDGE
    immediate = sighting.triage == Triage.IMMEDIATE
    if sighting.status == SightingStatus.PASSED_TO_POLICE:
        return _W.ANSWER_NOW if immediate else _W.ANSWER
    if sighting.status != SightingStatus.TRIAGED or sighting.triage == Triage.MALICIOUS:
        return None
    if about_themself:
        return _W.REVIEW
    return _W.PASS_NOW if immediate else _W.PASS


def to_call(now: datetime, *, most: int) -> Sequence[int]:
    """The sightings of which somebody is to be written to by `now`, the longest late first."""
    due = Sighting.objects.filter(call_at__lte=now).order_by("call_at", "pk")
    return list(due.values_list("pk", flat=True)[:most])


def people_to_call(sighting: Sighting, wait: SightingWait, *, above: bool) -> list[User]:
    """Whom to write to: all that may read it, and of a force nobody who does not see the incident."""
    if wait in OF_FORCE:
        owner_id = sighting.incident.owner_id
        return people_to_tell(sighting.incident, organisation_id=owner_id, role=_FORCE[above])
    for roles in (_CHARITY[above], TRIAGERS):
        found = list(people_holding(sighting.appeal.charity_id, roles).order_by("pk"))
        if found:
            return found
    return []
