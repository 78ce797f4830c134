"""One text to many: paced, claimed in chunks, stopped at once, proved by receipts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from foundation.access import Refused
from foundation.actors import Actor
from foundation.backups.models import Hold
from foundation.messaging import numbers
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import UnknownAudience
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry, DeliveryTally, Line, Suppression
from foundation.messaging.services import batches
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.services.parts import take_next
from foundation.messaging.types import Part
from foundation.sandbox.enums import FaultKind
from foundation.states import IllegalMove
from tests.foundation.messaging import board, phones

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def _fast(db) -> None:
    Line.objects.create(name="sms", channel="sms", per_second=1000)


def begin(count: int = 3, first: int = 0, to: list[str] | None = None, **over) -> Broadcast:
    """A broadcast to `count` phones of the drama range, or to these."""
    phones.subscribe(to or [f"+447700900{n:03}" for n in range(first + 1, first + count + 1)])
    return begun(**over)


def begun(**over) -> Broadcast:
    """A broadcast to everybody who has subscribed so far."""
    given = {
        "channel": "sms",
        "lane": "alert",
        "service": "plain",
        "owner": ("test.Alert", 1),
        "guard": "test.may_still_go",
        "body": "Child Rescue Alert",
        "valid_until": timezone.now() + timedelta(hours=1),
        "audience": phones.AUDIENCE,
        "parts": phones.parts(),
    }
    return broadcasts.begin_to_audience(actor=SYSTEM, **{**given, **over})


def statuses(row: Broadcast) -> list[str]:
    return list(row.deliveries.order_by("number").values_list("status", flat=True))


def test_everybody_gets_it_once_and_it_is_done(provider) -> None:
    row = begin(40)

    assert messaging.send_broadcasts(lane="alert") == 40
    messaging.send_broadcasts(lane="alert")

    assert provider.accepted() == 40
    assert provider.doubled() == {}
    assert set(statuses(row)) == {"sent"}
    assert all(row.deliveries.values_list("provider_id", flat=True))
    row.refresh_from_db()
    assert (row.status, row.ended_at is not None) == ("done", True)
    assert DeliveryEntry.objects.filter(outcome="accepted").count() == 40


def test_the_same_owner_begins_once_and_the_same_address_gets_one(provider) -> None:
    row = begin(3)
    again = begin(5)
    phones.subscribe(["+447700900001", "+447700900009"], part=2)
    other = begun(owner=("test.Alert", 2), parts=phones.parts(1, 2))
    messaging.send_broadcasts(lane="alert")

    assert again.pk == row.pk
    assert row.deliveries.count() == 3
    assert other.deliveries.count() == 6, "five in the one part, one more in the other"
    assert other.deliveries.filter(part=2).count() == 1


def test_who_subscribes_after_it_began_or_leaves_before_their_turn_gets_nothing(provider) -> None:
    row = begin(3)
    late, early = phones.subscribe(["+447700900100"])[0], row.parts.get().last
    phones.leave(early)
    messaging.send_broadcasts(lane="alert")

    assert row.deliveries.count() == 2
    assert not row.deliveries.filter(number__in=[late, early]).exists()


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(UnknownAudience):
        begin(audience="nobody")


def test_whoever_was_reached_is_reached_again_unless_they_left(provider) -> None:
    row = begin(to=["+447700900001", "+447700900002", "+447700900901"])
    messaging.send_broadcasts(lane="alert")
    phones.leave(row.deliveries.get(to_key=numbers.key_of("sms", "+447700900002")).number)
    after = begun(owner=("test.Alert", 2), audience="test.reached", parts=[Part(row.pk, 0, 2**62)])
    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["sent", "sent", "failed"]
    assert [one.to for one in after.deliveries.all()] == ["+447700900001"]


def test_the_progress_is_told_whole_and_by_part(provider) -> None:
    phones.subscribe(["+447700900001", "+447700900901"], part=1)
    phones.subscribe(["+447700900003"], part=2)
    row = begun(parts=phones.parts(1, 2))
    before = broadcasts.progress([row.pk])[row.pk]
    messaging.send_broadcasts(lane="alert")
    after = broadcasts.progress([row.pk])[row.pk]

    assert (before.recipients, before.parts_left) == (0, 2)
    assert (after.recipients, after.sent, after.failed, after.parts_left) == (3, 2, 1, 0)
    assert (after.parts[1].accepted, after.parts[1].not_sent, after.parts[2].sent) == (1, 1, 1)


def test_the_rows_lie_in_partitions_and_hold_no_plain_number() -> None:
    row = begin(1)
    messaging.send_broadcasts(lane="alert")

    with connection.cursor() as cursor:
        cursor.execute('SELECT tableoid::regclass::text, "to" FROM messaging_delivery')
        ((table, to),) = cursor.fetchall()
    assert table.startswith("messaging_delivery_")
    assert "7700" not in to
    assert row.deliveries.get().to == "+447700900001"


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

    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"queued"}
    assert set(row.deliveries.values_list("attempts", flat=True)) == {0}
    assert provider.accepted() == 0


def test_a_cancel_stops_it_at_once(provider) -> None:
    row = begin()
    with pytest.raises(Refused):
        broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="")
    broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="Stood down.")

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == []
    assert provider.accepted() == 0
    with pytest.raises(IllegalMove):
        broadcasts.resume(actor=SYSTEM, broadcast_id=row.pk, reason="No.")


def test_a_pause_holds_it_and_it_goes_on(provider) -> None:
    row = begin()
    broadcasts.pause(actor=SYSTEM, broadcast_id=row.pk, reason="Call handling is down.")
    messaging.send_broadcasts(lane="alert")
    assert statuses(row) == []

    broadcasts.resume(actor=SYSTEM, broadcast_id=row.pk, reason="It is back.")
    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"sent"}
    row.refresh_from_db()
    assert row.status == "done"


def test_a_kill_switch_in_the_middle_of_a_chunk_holds_the_rest(provider, duty_manager) -> None:
    row = begin(3)
    board.hooks.append(
        lambda _: messaging.switches.stop(actor=duty_manager.actor, service="*", reason="A drill.")
    )

    messaging.send_broadcasts(lane="alert")

    assert set(statuses(row)) == {"queued"}
    assert provider.accepted() == 0


@pytest.mark.parametrize("is_paused", [True, False])
def test_what_is_too_late_expires(provider, is_paused: bool) -> None:
    row = begin()
    if is_paused:
        broadcasts.pause(actor=SYSTEM, broadcast_id=row.pk, reason="A drill.")
    Broadcast.objects.update(valid_until=timezone.now())

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == []
    row.refresh_from_db()
    assert row.status == "done"


def test_a_suppressed_number_gets_nothing(provider) -> None:
    row = begin(2)
    messaging.suppress(actor=SYSTEM, service="plain", channel="sms", to="+447700900001", cause="stop")

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["suppressed", "sent"]


def test_each_answer_of_the_provider_has_its_ending(provider, settings) -> None:
    row = begin(to=["+447700900901", "+447700900904", "+447700900123", "+447700900124"])
    provider.break_(FaultKind.BUSY, to="+447700900123", times=1)
    provider.break_(FaultKind.CUT_AFTER, to="+447700900124", times=1)

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["failed", "suppressed", "queued", "unknown"]
    assert row.deliveries.get(status="queued").attempts == 0, "a wish to be left alone uses up no try"
    assert Suppression.objects.get().service == "plain"
    assert messaging.send_broadcasts(lane="alert") == 0, "the line rests"
    Line.objects.update(rests_until=None)
    messaging.send_broadcasts(lane="alert")
    assert statuses(row) == ["failed", "suppressed", "sent", "unknown"]


def test_a_gateway_that_breaks_leaves_the_outcome_unknown(settings) -> None:
    settings.GATEWAYS = {**settings.GATEWAYS, "sms": "tests.foundation.messaging.nowhere.Nothing"}
    row = begin(1)

    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["unknown"]
    assert messaging.send_broadcasts(lane="alert") == 0


def test_what_a_dead_worker_had_opened_becomes_unknown_and_what_it_had_not_is_claimed_anew(provider) -> None:
    row = begin(3)
    (opened, *_) = take_next(row, line_id=None, most=100, batch=1) or []
    batches.open_batches([opened.token])
    Delivery.objects.filter(number__lte=2).update(claimed_at=timezone.now() - timedelta(minutes=4))

    assert messaging.find_lost_deliveries() == 1
    stands = dict(row.deliveries.values_list("number", "status"))
    again = next(number for number in (1, 2) if number != opened.number)
    assert stands == {opened.number: "unknown", again: "queued", 3: "sending"}
    assert row.deliveries.get(number=again).attempts == 0


def test_of_who_opens_a_batch_and_who_finds_it_lost_exactly_one_is_right(provider) -> None:
    row = begin(2)
    first, second = take_next(row, line_id=None, most=100, batch=1) or []
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(seconds=30))
    assert batches.open_batches([first.token]) == {first.token}
    messaging.find_lost_deliveries()

    assert batches.open_batches([second.token]) == set()
    assert batches.close_batches([first.token, second.token]) == set()


def test_a_restored_database_proves_of_no_claim_that_it_was_not_handed_over(provider) -> None:
    row = begin(1)
    take_next(row, line_id=None, most=100)
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    Hold.objects.create(backup_made_at=timezone.now(), restored_at=timezone.now())
    messaging.find_lost_deliveries()

    assert statuses(row) == ["unknown"]


def test_the_database_keeps_the_figures_and_folds_what_many_statements_changed(provider) -> None:
    row = begin(3)
    messaging.send_broadcasts(lane="alert")
    Delivery.objects.filter(number=row.deliveries.order_by("number")[0].number).update(provider_id="SMx")
    before = broadcasts.progress([row.pk])
    rows = DeliveryTally.objects.count()

    assert messaging.fold_tallies(many=1) == 1
    assert broadcasts.progress([row.pk]) == before
    assert before[row.pk].sent == 3
    assert DeliveryTally.objects.count() == 1 < rows
