"""Calls that wait, and those that waited too long. Lateness is a query over stored times."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from foundation.accounts.enums import POLICE, SUPERVISORS, Role
from foundation.accounts.models import User
from foundation.accounts.selectors import actor_for, people_holding
from missingcases.desk.models import DeskRule, Notice
from missingcases.enums import OPEN, RiskLevel
from missingcases.models import Incident, RiskAssessment
from missingcases.policies import sees_record


def open_notices() -> QuerySet[Notice]:
    """Calls that nobody has answered, of incidents that are open."""
    return Notice.objects.filter(
        acknowledged_at__isnull=True, replaced_at__isnull=True, incident__status__in=sorted(OPEN)
    )


def open_notice_of(incident_id: int) -> Notice | None:
    """The call that an incident still makes, if any."""
    return open_notices().filter(incident_id=incident_id).first()


def calling_at_high_risk() -> QuerySet[Notice]:
    """Calls on the clock: open, at high risk, unacknowledged."""
    return open_notices().filter(incident__risk_level=RiskLevel.HIGH, escalate_at__isnull=False)


def late_for_supervisor(now: datetime) -> QuerySet[Notice]:
    """Whose supervisor is to be told by `now` and has not been, the longest late first."""
    rows = calling_at_high_risk().filter(escalate_at__lte=now, supervisor_told_at__isnull=True)
    return rows.order_by("escalate_at", "pk")


def late_for_inspector(now: datetime) -> QuerySet[Notice]:
    """Whose inspector is to be told by `now` and has not been, the longest late first."""
    rows = calling_at_high_risk().filter(inspector_at__lte=now, inspector_told_at__isnull=True)
    return rows.order_by("inspector_at", "pk")


def people_to_tell(incident: Incident, *, organisation_id: int, role: Role) -> list[User]:
    """The people of that role who see the incident; where there is none, whoever ranks above or sees it."""
    for roles in ({role}, SUPERVISORS, POLICE):
        held = people_holding(organisation_id, roles).order_by("pk")
        found = [person for person in held if _sees(person, incident, organisation_id)]
        if found:
            return found
    return []


def _sees(person: User, incident: Incident, organisation_id: int) -> bool:
    actor = actor_for(person, organisation_id=organisation_id)
    return actor.organisation_id == organisation_id and sees_record(actor, incident)


def was_high_before(incident_id: int) -> bool:
    """Whether the latest grading found the incident at high risk already."""
    latest = RiskAssessment.objects.filter(incident_id=incident_id).order_by("-assessed_at", "-pk").first()
    return latest is not None and latest.previous_level == RiskLevel.HIGH


def times_of(organisation_id: int) -> DeskRule:
    """A force's times; the defaults, unsaved, where it has set none."""
    found = DeskRule.objects.filter(organisation_id=organisation_id).first()
    return found or DeskRule(organisation_id=organisation_id)
