"""One text to many: paced, claimed in chunks, stopped at once, proved by receipts."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from foundation.access import Refused
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry, Pace, Suppression
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.services import deliveries, pace
from foundation.sandbox.enums import FaultKind
from foundation.states import IllegalMove
from tests.foundation.messaging import board

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def _fast(db) -> None:
    Pace.objects.create(channel="sms", per_second=1000)


def begin(count: int = 3, first: int = 0, **over) -> Broadcast:
    """A broadcast to `count` phones of the drama range."""
    given = {
        "channel": "sms",
        "lane": "alert",
        "service": "plain",
        "owner": ("test.Alert", 1),
        "guard": "test.may_still_go",
        "body": "Child Rescue Alert",
        "valid_until": timezone.now() + timedelta(hours=1),
    }
    row = broadcasts.begin_broadcast(actor=SYSTEM, **{**given, **over})
    phones = ((n, f"+447700900{n:03}") for n in range(first + 1, first + count + 1))
    broadcasts.add_recipients(broadcast_id=row.pk, recipients=phones)
    return row


def statuses(row: Broadcast) -> list[str]:
    return list(row.deliveries.order_by("number").values_list("status", flat=True))


def test_everybody_gets_it_once_and_it_is_done(provider) -> None:
    row = begin(40)
    broadcasts.complete(broadcast_id=row.pk)

    assert messaging.send_broadcasts(lane="alert") == 40
    messaging.send_broadcasts(lane="alert")

    assert provider.accepted() == 40
    assert provider.doubled() == {}
    assert set(statuses(row)) == {"sent"}
    assert all(row.deliveries.values_list("provider_id", flat=True))
    row.refresh_from_db()
    assert (row.status, row.ended_at is not None) == ("done", True)
    assert DeliveryEntry.objects.filter(outcome="accepted").count() == 40


def test_the_same_owner_and_the_same_address_are_once() -> None:
    row = begin(3)
    again = begin(5)

    assert again.pk == row.pk
    assert len(statuses(row)) == 5
    twice = [(9, "07700 900009"), (9, "+447700900009"), (0, "nobody"), (1, "07400 123456")]
    assert broadcasts.add_recipients(broadcast_id=row.pk, recipients=twice) == 1
    assert Broadcast.objects.get().recipients == 6


def test_the_rows_lie_in_partitions_and_hold_no_plain_number() -> None:
    row = begin(1)

    with connection.cursor() as cursor:
        cursor.execute('SELECT tableoid::regclass::text, "to" FROM messaging_delivery')
        ((table, to),) = cursor.fetchall()
    assert table.startswith("messaging_delivery_")
    assert "7700" not in to
    assert row.deliveries.get().to == "+447700900001"


def test_the_pace_holds_the_flow_and_keeps_a_share_for_single_messages(provider) -> None:
    Pace.objects.update(per_second=12, kept_back=7)
    row = begin(30)
    now = timezone.now()

    with time_machine.travel(now, tick=False) as clock:
        assert messaging.send_chunk(broadcast_id=row.pk) == 10
        assert messaging.send_chunk(broadcast_id=row.pk) == 0
        clock.shift(1)
        assert messaging.send_chunk(broadcast_id=row.pk) == 5
    assert pace.take(channel="sms", wanted=30, now=now + timedelta(hours=1)) == 10
    assert pace.take(channel="sms", wanted=30, now=now + timedelta(hours=1)) == 0
    assert pace.take(channel="sms", wanted=30, now=now + timedelta(hours=1, seconds=1)) == 5


def test_a_run_that_would_not_get_through_is_refused() -> None:
    Pace.objects.all().delete()
    row = begin(10)

    assert pace.per_second("sms") == pace.DEFAULT_PER_SECOND
    assert pace.estimate(channel="sms", count=36_000) == timedelta(hours=1)
    assert broadcasts.would_overflow(broadcast_id=row.pk, count=30_000) is None
    assert broadcasts.would_overflow(broadcast_id=row.pk, count=36_000).code == "too_slow"


def test_a_guard_that_refuses_ends_the_broadcast_before_a_call(provider) -> None:
    row = begin()
    board.refusing.add(1)

    messaging.send_broadcasts(lane="alert")
    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"cancelled"}
    assert provider.accepted() == 0
    row.refresh_from_db()
    assert (row.status, row.ended_at is not None) == ("cancelled", True)


def test_a_guard_that_breaks_holds_everything(provider) -> None:
    row = begin()
    board.breaking.add(1)

    messaging.send_chunk(broadcast_id=row.pk)

    assert set(statuses(row)) == {"queued"}
    assert set(row.deliveries.values_list("attempts", flat=True)) == {0}
    assert provider.accepted() == 0


def test_a_cancel_stops_it_at_once(provider) -> None:
    row = begin()
    with pytest.raises(Refused):
        broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="")
    broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="Stood down.")

    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"cancelled"}
    assert provider.accepted() == 0
    with pytest.raises(IllegalMove):
        broadcasts.resume(actor=SYSTEM, broadcast_id=row.pk, reason="No.")


def test_a_pause_holds_it_and_it_goes_on(provider) -> None:
    row = begin()
    broadcasts.pause(actor=SYSTEM, broadcast_id=row.pk, reason="Call handling is down.")
    messaging.send_broadcasts(lane="alert")
    assert set(statuses(row)) == {"queued"}

    broadcasts.resume(actor=SYSTEM, broadcast_id=row.pk, reason="It is back.")
    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"sent"}
    row.refresh_from_db()
    assert row.status == "open"


def test_a_kill_switch_in_the_middle_of_a_chunk_holds_the_rest(provider, duty_manager) -> None:
    row = begin(3)
    board.hooks.append(
        lambda _: messaging.switches.stop(actor=duty_manager.actor, service="*", reason="A drill.")
    )

    messaging.send_chunk(broadcast_id=row.pk)

    assert set(statuses(row)) == {"queued"}
    assert provider.accepted() == 0


@pytest.mark.parametrize("is_paused", [True, False])
def test_what_is_too_late_expires(provider, is_paused: bool) -> None:
    row = begin()
    if is_paused:
        broadcasts.pause(actor=SYSTEM, broadcast_id=row.pk, reason="A drill.")
    Broadcast.objects.update(valid_until=timezone.now())

    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"expired"}
    row.refresh_from_db()
    assert row.status == "done"


def test_a_suppressed_number_gets_nothing(provider) -> None:
    row = begin(2)
    messaging.suppress(actor=SYSTEM, service="plain", channel="sms", to="+447700900001", cause="stop")

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["suppressed", "sent"]


def test_each_answer_of_the_provider_has_its_ending(provider, settings) -> None:
    row = begin(0)
    phones = ["+447700900901", "+447700900904", "+447700900123", "+447700900124"]
    broadcasts.add_recipients(broadcast_id=row.pk, recipients=enumerate(phones))
    provider.break_(FaultKind.BUSY, to="+447700900123", times=1)
    provider.break_(FaultKind.CUT_AFTER, to="+447700900124", times=1)

    messaging.send_chunk(broadcast_id=row.pk)

    assert statuses(row) == ["failed", "suppressed", "queued", "unknown"]
    assert Suppression.objects.get().service == "plain"
    Delivery.objects.update(next_attempt_at=timezone.now())
    messaging.send_chunk(broadcast_id=row.pk)
    assert statuses(row) == ["failed", "suppressed", "sent", "unknown"]


def test_a_provider_out_of_reach_is_given_up_in_the_end(provider, settings) -> None:
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"
    row = begin(1)
    for _ in range(3):
        Delivery.objects.update(next_attempt_at=timezone.now())
        messaging.send_chunk(broadcast_id=row.pk)

    assert statuses(row) == ["failed"]


def test_a_gateway_that_breaks_leaves_the_outcome_unknown(settings) -> None:
    settings.GATEWAYS = {**settings.GATEWAYS, "sms": "tests.foundation.messaging.nowhere.Nothing"}
    row = begin(1)

    messaging.send_chunk(broadcast_id=row.pk)

    assert statuses(row) == ["unknown"]
    assert messaging.send_chunk(broadcast_id=row.pk) == 0


def test_a_claim_of_a_dead_worker_becomes_unknown(provider) -> None:
    row = begin(2)
    deliveries._claim(row, deliveries.uuid4())
    Delivery.objects.filter(number=1).update(claimed_at=timezone.now() - timedelta(minutes=4))

    assert messaging.find_lost_deliveries() == 1
    assert statuses(row) == ["unknown", "sending"]
