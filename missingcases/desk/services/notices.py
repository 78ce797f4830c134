"""Calling a force to an incident. Runs in the transaction of what happened, which holds the incident."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from missingcases.desk.models import ESCALATE_AFTER_MINUTES, Cause, DeskRule, Notice
from missingcases.desk.selectors import open_notice_of, was_high_before
from missingcases.enums import OPEN, RiskLevel
from missingcases.models import Incident


def call_for(*, incident_id: int, cause: Cause, at: datetime) -> Notice | None:
    """Call the owner force to an open incident, with a deadline where it is at high risk.

    An open call stays one: its deadline starts again from `at`.
    """
    incident = Incident.objects.get(pk=incident_id)
    if incident.status not in OPEN or incident.starts_held:
        return None
    deadline = _deadline(incident, at)
    notice, made = Notice.objects.get_or_create(
        incident=incident,
        acknowledged_at=None,
        replaced_at=None,
        defaults={
            "organisation_id": incident.owner_id,
            "cause": cause,
            "raised_at": at,
            "escalate_at": deadline,
        },
    )
    if not made:
        _start_again(notice, cause, deadline)
    return notice


def follow_grading(*, incident_id: int, level: str, at: datetime) -> Notice | None:
    """A grading came: high risk, where it is new, is a call of its own; a lower one stops the clock."""
    if level != RiskLevel.HIGH:
        Notice.objects.filter(
            incident_id=incident_id, acknowledged_at=None, replaced_at=None, supervisor_told_at=None
        ).update(escalate_at=None)
        return None
    if was_high_before(incident_id):
        return open_notice_of(incident_id)
    return call_for(incident_id=incident_id, cause=Cause.HIGH_RISK, at=at)


def call_new_owner(*, incident_id: int, at: datetime) -> Notice | None:
    """The incident has a new owner: the call to the old one ends, the new one is called."""
    Notice.objects.filter(incident_id=incident_id, acknowledged_at=None, replaced_at=None).update(
        replaced_at=timezone.now()
    )
    return call_for(incident_id=incident_id, cause=Cause.TRANSFERRED, at=at)


def _start_again(notice: Notice, cause: Cause, deadline: datetime | None) -> None:
    notice.cause, notice.escalate_at = cause, deadline
    notice.supervisor_told_at = notice.inspector_at = notice.inspector_told_at = None
    notice.save(
        update_fields=["cause", "escalate_at", "supervisor_told_at", "inspector_at", "inspector_told_at"]
    )


def _deadline(incident: Incident, at: datetime) -> datetime | None:
    if incident.risk_level != RiskLevel.HIGH:
        return None
    rule = DeskRule.objects.filter(organisation_id=incident.owner_id).first()
    return at + timedelta(minutes=rule.escalate_minutes if rule else ESCALATE_AFTER_MINUTES)
