"""Two hands at one alert, with real threads and real commits: one of them is first, always."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from alerts import services
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, Notice
from foundation.accounts.models import Membership
from foundation.messaging.models import Broadcast, Delivery
from tests.alerts import making
from tests.alerts.making import Room
from tests.alerts.subscribing import got, issued, line, phones, rewritten, send_all, subscribe
from tests.missingcases.making import located
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


@pytest.fixture
def room(committing_db: str) -> Room:
    line("sms")
    return making.room_of_the_cast()


@pytest.fixture
def incident(room: Room, met_supervisor):
    return making.missing_child(room.officer, met_supervisor.actor)


@pytest.fixture
def ready(room: Room, incident) -> ChildRescueAlert:
    subscribe(phones(20))
    return making.ready(room, making.proposed(room, incident))


def status_of(alert: ChildRescueAlert) -> str:
    return str(ChildRescueAlert.objects.values_list("status", flat=True).get(pk=alert.pk))


def test_two_issuers_at_once_issue_it_once(room, ready) -> None:
    version = ChildRescueAlert.objects.get(pk=ready.pk).version
    done, told = at_once(
        *(
            lambda actor=actor: services.issue_alert(actor=actor, alert_id=ready.pk, version=version)
            for actor in (room.manager, room.second_manager, room.third_manager)
        )
    )
    assert (done, len(told)) == (1, 2)
    assert Notice.objects.count() == Broadcast.objects.count() == 1


def test_an_authoriser_suspended_at_the_moment_of_issue_counts_or_does_not(room, ready) -> None:
    def suspend() -> None:
        Membership.objects.filter(user_id=room.superintendent.user_id).update(ended_at=timezone.now())

    done, told = at_once(suspend, lambda: issued(room, ready))
    assert done + len(told) == 2
    # Whichever was first, the alert is issued with its notice or stands as it did, with nothing begun.
    assert (status_of(ready) == AlertStatus.ISSUED) == (Broadcast.objects.count() == 1)


def test_found_at_the_moment_of_issue_leaves_nothing_going_out(provider, room, ready, incident) -> None:
    at_once(lambda: located(room.officer, incident), lambda: issued(room, ready))
    assert status_of(ready) == AlertStatus.CANCELLED
    services.let_ends_go(now=timezone.now())
    send_all()
    assert provider.accepted() == 0


def test_two_ends_and_an_update_end_it_once(room, ready) -> None:
    issued(room, ready)
    rewritten(room, ready)
    version = ChildRescueAlert.objects.get(pk=ready.pk).version
    at_once(
        lambda: services.cancel_alert(actor=room.officer, alert_id=ready.pk, cancel_reason="found_safe"),
        lambda: services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="stood_down"),
        lambda: services.update_alert(actor=room.second_manager, alert_id=ready.pk, version=version),
    )
    assert status_of(ready) == AlertStatus.CANCELLED
    assert Notice.objects.filter(kind="cancel").count() == 1
    last = Notice.objects.order_by("-number").first()
    assert last is not None
    assert last.kind == "cancel"


def test_the_end_in_the_middle_stops_it_within_a_second_and_reaches_those_who_got_it(
    provider, room, incident, handed_over
) -> None:
    subscribe(phones(600))
    line("sms", per_second=100)
    alert = making.ready(room, making.proposed(room, incident))
    notice = issued(room, alert)

    def work() -> None:
        send_all()
        connection.close()

    worker = Thread(target=work)
    worker.start()
    while provider.accepted() < 50:
        time.sleep(0.02)
    ended = services.cancel_alert(actor=room.officer, alert_id=alert.pk, cancel_reason="found_safe")
    committed, stopped = timezone.now(), time.monotonic()
    worker.join()
    stopped_at = provider.accepted()
    assert 50 <= stopped_at == len(handed_over) < 600
    assert max(handed_over) <= stopped + 1
    sent = Delivery.objects.filter(broadcast_id=notice.runs.get().broadcast_id, sent_at__isnull=False)
    assert sent.count() == stopped_at
    assert services.let_ends_go(now=committed) == 1, "nobody is being written to any more"
    line("sms")
    send_all()
    assert got(ended) == got(notice)
    assert len(got(notice)) == stopped_at
    assert provider.doubled() == {}
