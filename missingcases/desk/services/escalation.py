"""A high-risk incident that nobody acknowledges: the supervisor is told, then the inspector, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.rounds import each
from missingcases.desk import selectors
from missingcases.desk.models import ESCALATE_AFTER_MINUTES, DeskRule, Notice
from missingcases.enums import Audience
from missingcases.models import Incident
from missingcases.services.timeline import add_timeline_entry

GUARD = "desk.notice"
SERVICE = "missingcases"
ESCALATION = Actor.system("desk.escalation")
BATCH = 100
# A call that could not be delivered for so long has been overtaken by the next step, or by people.
LASTS = timedelta(hours=2)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the escalation: whom it tells, and the columns that hold its times."""

    name: str
    role: Role
    told: str
    phone: str
    summary: str


SUPERVISOR = Step(
    "supervisor",
    Role.POLICE_SUPERVISOR,
    "supervisor_told_at",
    "supervisor_phone",
    "High risk, not acknowledged: supervisor told",
)
INSPECTOR = Step(
    "inspector",
    Role.POLICE_INSPECTOR,
    "inspector_told_at",
    "inspector_phone",
    "High risk, still not acknowledged: inspector told",
)


def escalate_due() -> int:
    """Tell supervisors and inspectors of what is late by now; returns how many steps were taken."""
    now = timezone.now()
    return each(
        selectors.late_for_supervisor(now)[:BATCH], lambda notice: _take(notice, SUPERVISOR, now)
    ) + each(selectors.late_for_inspector(now)[:BATCH], lambda notice: _take(notice, INSPECTOR, now))


def still_calls(owner_id: int) -> Refusal | None:
    """The guard of every message: it goes only while the incident is open, at high risk, unacknowledged."""
    if selectors.calling_at_high_risk().filter(pk=owner_id).exists():
        return None
    return Refusal("acknowledged", "The incident was acknowledged, or is open at high risk no more.")


@transaction.atomic
def _take(notice: Notice, step: Step, now: datetime) -> bool:
    """Take the step if nobody else has: the incident is locked first, then the row changes once."""
    Incident.objects.select_for_update(no_key=True).only("pk").get(pk=notice.incident_id)
    due = selectors.late_for_supervisor(now) if step is SUPERVISOR else selectors.late_for_inspector(now)
    fresh = due.filter(pk=notice.pk).select_related("incident", "incident__owner").first()
    if fresh is None:
        return False
    rule = DeskRule.objects.filter(organisation_id=fresh.organisation_id).first()
    changes: dict[str, datetime] = {step.told: now}
    if step is SUPERVISOR:
        again = rule.again_minutes if rule else ESCALATE_AFTER_MINUTES
        changes["inspector_at"] = now + timedelta(minutes=again)
    Notice.objects.filter(pk=fresh.pk).update(**changes)
    hearers = selectors.people_to_tell(fresh.incident, organisation_id=fresh.organisation_id, role=step.role)
    for person in hearers:
        _write_to(fresh, step, person, now)
    if rule is not None and not fresh.incident.is_restricted:
        _text(fresh, step, getattr(rule, step.phone), now)
    _record(fresh, step)
    return True


def _write_to(notice: Notice, step: Step, person: User, now: datetime) -> None:
    page = {
        "product": settings.PRODUCT_NAME,
        "reference": notice.incident.reference,
        "raised_at": notice.raised_at,
        "again": step is INSPECTOR,
        "link": f"{settings.STAFF_BASE_URL}/desk/",
    }
    messaging.queue_message(
        actor=ESCALATION,
        channel="email",
        lane="urgent",
        to=person.email,
        subject=f"{settings.PRODUCT_NAME}: high-risk incident not acknowledged",
        body=render_to_string("desk/mail/escalation.txt", page),
        service=SERVICE,
        owner=(Notice._meta.label, notice.pk),
        guard=GUARD,
        organisation_id=notice.organisation_id,
        valid_until=now + LASTS,
        dedupe_key=f"{_key(notice, step)}:{person.pk}",
    )


def _text(notice: Notice, step: Step, phone: str, now: datetime) -> None:
    """One text to the force's duty telephone, where it gave one. It names nobody."""
    if not phone:
        return
    try:
        messaging.queue_message(
            actor=ESCALATION,
            channel="sms",
            lane="urgent",
            to=phone,
            body=f"{settings.PRODUCT_NAME}: high-risk incident {notice.incident.reference} has not been "
            "acknowledged. Sign in.",
            service=SERVICE,
            owner=(Notice._meta.label, notice.pk),
            guard=GUARD,
            organisation_id=notice.organisation_id,
            valid_until=now + LASTS,
            dedupe_key=f"{_key(notice, step)}:text",
        )
    except (InvalidAddress, NotDialable) as problem:
        # The e-mails must go all the same.
        log.error("desk_phone_unusable", notice_id=notice.pk, step=step.name, kind=type(problem).__name__)


def _key(notice: Notice, step: Step) -> str:
    """One for each start of the clock, so that an incident reopened escalates anew."""
    started = int(notice.escalate_at.timestamp()) if notice.escalate_at else 0
    return f"desk.notice:{notice.pk}:{started}:{step.name}"


def _record(notice: Notice, step: Step) -> None:
    audit.record(
        actor=ESCALATION,
        action="incident.escalated",
        target=notice.incident,
        incident_id=notice.incident_id,
        fields=[step.told],
        on_behalf_of_id=notice.organisation_id,
    )
    add_timeline_entry(
        incident_id=notice.incident_id,
        kind="incident.escalated",
        actor=ESCALATION,
        audience=Audience.OWNER,
        summary=step.summary,
        subject=(Notice._meta.label, notice.pk),
        organisation_id=notice.organisation_id,
    )
