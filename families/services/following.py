"""What family support does when the incident ends or begins anew. Nothing of it shows on the other side."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from families.enums import CaseStatus
from families.models import SupportCase
from families.services import planning
from families.states import CASE
from foundation.actors import Actor
from foundation.states import move_held
from missingcases.enums import Outcome
from missingcases.models import Incident

FOLLOWING = Actor.system("families.following")


def pause_for_stopped(*, incident_id: int, at: datetime) -> int:
    """The person is missing no more: no planned contact goes on as if they were. Returns how many cases."""
    cases = list(_running(incident_id))
    for case in cases:
        case.paused_at = at
        case.version += 1
        case.save(update_fields=["paused_at", "version"])
        planning.pause(case, actor=FOLLOWING)
    return len(cases)


def begin_aftercare(*, incident_id: int) -> int:
    """The person is back: the family is supported on. Where they died, a person begins it, never this."""
    if Incident.objects.filter(pk=incident_id, outcome=Outcome.LOCATED_DECEASED).exists():
        return 0
    cases = list(_running(incident_id).filter(status=CaseStatus.OPEN))
    for case in cases:
        move_held(case, CASE, CaseStatus.AFTERCARE, actor=FOLLOWING, changes={"paused_at": None})
        planning.resume(case, actor=FOLLOWING)
    return len(cases)


def go_on_for_reopened(*, incident_id: int) -> int:
    """The person is to be found again: support as before it ended."""
    cases = list(_running(incident_id))
    for case in cases:
        if case.status == CaseStatus.AFTERCARE:
            move_held(case, CASE, CaseStatus.OPEN, actor=FOLLOWING, changes={"paused_at": None})
        else:
            case.paused_at = None
            case.version += 1
            case.save(update_fields=["paused_at", "version"])
        planning.resume(case, actor=FOLLOWING)
    return len(cases)


def _running(incident_id: int) -> QuerySet[SupportCase]:
    rows = SupportCase.objects.filter(incident_id=incident_id).exclude(status=CaseStatus.CLOSED)
    return rows.order_by("pk").select_for_update(no_key=True)
