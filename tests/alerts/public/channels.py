"""Appeals' channels for a Child Rescue Alert: outlets of every kind, and what happens to the alert."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from alerts.enums import AlertStatus, CancelReason, NoticeKind
from alerts.events import AlertEnded, AlertIssued, AlertUpdated
from alerts.models import ChildRescueAlert
from appeals import delivery, services
from appeals.enums import Channel
from appeals.models import Appeal, Placement
from foundation.events.services import publish, sweep
from foundation.messaging import services as messaging
from foundation.messaging.enums import Lane
from foundation.sandbox.control import Control
from tests.alerts.public import making
from tests.appeals import making as appealing
from tests.appeals import outlets
from tests.appeals.conftest import Desk
from tests.appeals.readers.conftest import Reader, reader


@pytest.fixture
def board() -> Reader:
    return reader(Channel.BILLBOARD, "board", formats=["1920x1080"])


@pytest.fixture
def feed() -> Reader:
    return reader(Channel.MEDIA_FEED, "feed")


@pytest.fixture
def networks(provider: Control) -> Control:
    """One outlet of each network that is called, and one that is written to."""
    outlets.mastodon(provider)
    outlets.bluesky(provider)
    outlets.partner(provider)
    outlets.media()
    return provider


def tell(event: Any) -> None:
    """It happens, and what is owed for it is paid."""
    with transaction.atomic():
        publish(event)
    sweep()


def issue(alert: ChildRescueAlert) -> Appeal:
    tell(AlertIssued(alert_id=alert.pk, notice_id=alert.notices.first().pk))
    appeal = Appeal.objects.get(alert_id=alert.pk)
    delivery.send_appeal(appeal.pk)
    post()
    return appeal


def update(alert: ChildRescueAlert, **given: Any) -> Appeal:
    notice = making.notice(alert, NoticeKind.UPDATE, content=making.content(alert, **given))
    tell(AlertUpdated(alert_id=alert.pk, notice_id=notice.pk))
    appeal = Appeal.objects.get(alert_id=alert.pk)
    delivery.tell_outlets(appeal.pk)
    delivery.send_appeal(appeal.pk)
    post()
    return appeal


def end(alert: ChildRescueAlert) -> Appeal:
    ChildRescueAlert.objects.filter(pk=alert.pk).update(
        status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.FOUND_SAFE
    )
    notice = making.notice(alert, NoticeKind.CANCEL)
    tell(AlertEnded(alert_id=alert.pk, notice_id=notice.pk))
    return Appeal.objects.get(alert_id=alert.pk)


def post() -> None:
    """The postman's round."""
    messaging.send_due(lane=Lane.URGENT)
    messaging.tell_all()


def statuses(appeal: Appeal) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for channel, status in (
        Placement.objects.filter(appeal=appeal).order_by("pk").values_list("outlet__channel", "status")
    ):
        found.setdefault(channel, []).append(status)
    return found


@pytest.fixture
def desk_ready(desk, met_officer, met_supervisor):
    """An appeal of somebody else that may be published."""
    other = appealing.open_incident(desk.officer, desk.supervisor, given_names="Ada", family_name="Hill")
    appeal = appealing.asked(desk.officer, other)
    appealing.checked(desk.publicity, appeal)
    appealing.consented(desk.publicity, appeal)
    return desk, appealing.authorised(desk.supervisor, appeal)


@pytest.fixture
def desk(met_officer, met_supervisor, met_inspector, publicity_officer, duty_manager):
    return Desk(
        met_officer.actor,
        met_supervisor.actor,
        met_inspector.actor,
        publicity_officer.actor,
        duty_manager.actor,
    )


@pytest.fixture
def made_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return lambda appeal: services.make_public_files(appeal.pk)
