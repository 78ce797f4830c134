"""One of everything of a Child Rescue Alert, for the walls: authorised, and all that hangs on it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from alerts import services
from alerts.enums import Criterion
from alerts.models import (
    CallVolume,
    ChildRescueAlert,
    CostApproval,
    Notice,
    NoticeRun,
    PictureRemoval,
    RunCost,
)
from foundation.accounts.enums import Role
from foundation.messaging.models import Broadcast
from missingcases.models import Incident
from tests.alerts import making
from tests.cast import Member, member


def alerted(incident: Incident, officer: Member, manager: Member, words: str) -> dict[str, str | int]:
    """The arguments of the pages `alerts`, by the page's name or the argument's."""
    content = making.details(
        **dict.fromkeys(("description", "clothing", "last_seen_place", "suspect", "vehicle"), words)
    )
    alert = services.propose_alert(
        actor=officer.actor, incident_id=incident.pk, content=content, area_ids=[making.area().pk]
    )
    for one in Criterion:
        services.check_criterion(
            actor=officer.actor, alert_id=alert.pk, criterion=one, is_met=True, evidence=words
        )
    services.comment(actor=officer.actor, alert_id=alert.pk, text=words, form_token=uuid4())
    boss = member("commander@met.example", "Ruth", officer.organisation, Role.POLICE_SUPERINTENDENT)
    services.authorise_alert(actor=boss.actor, alert_id=alert.pk)
    services.record_telephone_agreement(
        actor=manager.actor, alert_id=alert.pk, officer_name=words[:60], called_back_on="020 7946 0100"
    )
    PictureRemoval.objects.create(
        alert=alert,
        stored_name="alerts/gone.jpg",
        fault="other",
        reason=words,
        by=manager.user,
        at=timezone.now(),
    )
    _sent(alert, manager)
    return {
        "reference": alert.reference,
        "propose": incident.reference,
        "criterion": "under_18",
        "kind": "csv",
        "number": 1,
        "code": "metropolitan",
        "language": "en",
        "key": "billboard",
    }


def _sent(alert: ChildRescueAlert, manager: Member) -> None:
    """What an issued one has beside it. Its rows alone: nothing goes out."""
    now = timezone.now()
    notice = Notice.objects.create(
        alert=alert,
        number=1,
        kind="alert",
        content=alert.contents.get(),
        identifier=f"{alert.reference}.1",
        sent_at=now,
        expires_at=now + timedelta(hours=24),
    )
    broadcast = Broadcast.objects.create(
        channel="sms",
        lane="alert",
        service="alerts",
        body="Child Rescue Alert",
        owner_label="alerts.Notice:sms:en",
        owner_id=notice.pk,
        guard="alerts.notice",
        audience="alerts.areas",
        status="done",
        valid_until=notice.expires_at,
        ended_at=now,
    )
    run = NoticeRun.objects.create(notice=notice, channel="sms", language="en", broadcast_id=broadcast.pk)
    RunCost.objects.create(run=run, recipients=1, segments=1)
    CostApproval.objects.create(alert=alert, pence=Decimal(1), by=manager.user, at=now)
    CallVolume.objects.create(alert=alert, hour=now, calls=3, entered_by=alert.proposed_by, entered_at=now)
