"""From the issuer's click to the end: page, channels and their takedown by the services that people use."""

from __future__ import annotations

import pytest

from alerts import services
from alerts.enums import CancelReason
from alerts.models import ChildRescueAlert
from alerts.public.models import PublicAlert
from appeals.enums import AppealStatus
from appeals.models import Appeal, Placement
from foundation.events.models import Owed
from foundation.events.services import sweep
from tests.alerts import making
from tests.alerts.subscribing import issued, line, phones, subscribe
from tests.appeals.making import outlet
from tests.missingcases.making import located

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]


@pytest.fixture(autouse=True)
def _lines(db) -> None:
    line("sms")
    line("email")


@pytest.fixture
def incident(room, met_supervisor):
    return making.missing_child(room.officer, met_supervisor.actor)


@pytest.fixture
def out(room, incident) -> ChildRescueAlert:
    """Issued by the fourth person."""
    outlet("media_feed")
    subscribe(phones(1))
    ready = making.ready(room, making.proposed(room, incident))
    issued(room, ready)
    sweep()
    ready.refresh_from_db()
    return ready


def test_it_is_shown_and_on_channels_and_gone_with_the_finding(client, room, incident, out) -> None:
    page = f"/alerts/{out.token}/"
    assert "Robin" in client.get(page).content.decode()
    appeal = Appeal.objects.get(alert_id=out.pk)
    assert appeal.status == AppealStatus.LIVE
    assert Placement.objects.filter(appeal=appeal, status="live").count() == 1
    located(room.officer, incident)
    assert client.get(page).status_code == 410
    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.WITHDRAWN
    # Nothing that had to stop was left over, and nothing stopped that was not declared.
    assert not Owed.objects.filter(was_together=True).exists()
    sweep()
    assert PublicAlert.objects.get().shown is None


def test_standing_down_with_the_incident_still_open(client, room, out) -> None:
    services.cancel_alert(actor=room.manager, alert_id=out.pk, cancel_reason=CancelReason.STOOD_DOWN)
    assert client.get(f"/alerts/{out.token}/").status_code == 410
    appeal = Appeal.objects.get(alert_id=out.pk)
    assert (appeal.status, appeal.withdrawn_cause) == (AppealStatus.WITHDRAWN, "alert_ended")
    assert not Owed.objects.filter(was_together=True).exists()
    sweep()
    assert not Owed.objects.exclude(status="done").exists()


def test_going_on_for_longer_posts_nothing_anew(room, out) -> None:
    services.renew_alert(actor=room.manager, alert_id=out.pk, version=out.version)
    sweep()
    appeal = Appeal.objects.get(alert_id=out.pk)
    out.refresh_from_db()
    assert appeal.expires_at == out.expires_at
    assert Placement.objects.filter(appeal=appeal).count() == 1


def test_a_rehearsal_is_nowhere(client, room) -> None:
    outlet("media_feed")
    subscribe(phones(1), is_test=True)
    ready = making.ready(room, making.proposed(room, None))
    issued(room, ready)
    sweep()
    assert not Appeal.objects.exists()
    assert client.get(f"/alerts/{ready.token}/").status_code == 404
    assert "Robin" not in client.get("/alerts/live.json").content.decode()
