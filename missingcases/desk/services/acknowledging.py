"""Somebody says: I have seen it, it is mine to see to."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from missingcases.desk.models import Notice
from missingcases.desk.policies import may_acknowledge
from missingcases.desk.selectors import open_notice_of
from missingcases.enums import Audience
from missingcases.services.audience import sync
from missingcases.services.common import for_writing
from missingcases.services.timeline import add_timeline_entry

DONE_ALREADY = Refusal("acknowledged", "Somebody has acknowledged this incident already.")


@transaction.atomic
def acknowledge_incident(*, actor: Actor, incident_id: int) -> Notice:
    """Record who acknowledged the incident and when; what is not sent yet of its escalation is taken back.

    Raises `NotVisible`, `Refused` (also for whoever comes second).
    """
    incident = for_writing(actor, incident_id)
    require(may_acknowledge(actor, incident))
    notice = open_notice_of(incident.pk)
    if notice is None:
        raise Refused(DONE_ALREADY)
    notice.acknowledged_at, notice.acknowledged_by_id = timezone.now(), actor.user_id
    notice.save(update_fields=["acknowledged_at", "acknowledged_by"])
    messaging.cancel_for_owner(
        actor=actor, owner_label=Notice._meta.label, owner_ids=[notice.pk], cause="acknowledged"
    )
    audit.record(
        actor=actor,
        action="incident.acknowledged",
        target=incident,
        incident_id=incident.pk,
        fields=["acknowledged_at", "acknowledged_by"],
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.acknowledged",
        actor=actor,
        audience=Audience.OWNER,
        summary=f"Acknowledged on the duty desk: {notice.get_cause_display().lower()}",
        subject=(Notice._meta.label, notice.pk),
    )
    sync(incident)  # every open desk hears of it
    return notice
