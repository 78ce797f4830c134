"""Several workers on one broadcast, and what happens in the middle of it; commits are real here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry, Line
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.services import fanout
from foundation.messaging.services.board import Board
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import phones
from tests.foundation.messaging.test_broadcast import SYSTEM, begun
from tests.processes import wait_until

MANY = 120


@pytest.fixture(autouse=True)
def _line(committing_db) -> Iterator[None]:
    Line.objects.create(name="sms", channel="sms", per_second=100_000)
    yield
    connection.close()


def everybody(*parts: int) -> list[str]:
    """The same phones in each part."""
    numbers = [f"+447700900{last:03d}" for last in range(1, MANY + 1)]
    for part in parts:
        phones.subscribe(numbers if part % 2 else reversed(numbers), part=part)
    return numbers


def side_by_side(*works: Callable[[], object]) -> list[object]:
    """All at once, each as a worker of its own."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        return list(pool.map(run, works))


def worker() -> int:
    """As another process would: the lock that keeps a process to one is not asked for."""
    return fanout._Fanout("alert", 60).run()


def counted(row: Broadcast) -> dict[str, int]:
    one = broadcasts.progress([row.pk])[row.pk]
    return {
        name: getattr(one, name) for name in ("sent", "cancelled", "queued", "unknown") if getattr(one, name)
    }


def test_two_workers_share_it_and_two_parts_with_the_same_people_make_one_text_each(provider) -> None:
    everybody(1, 2, 3, 4)
    row = begun(parts=phones.parts(1, 2, 3, 4))

    shares = side_by_side(worker, worker)

    assert sum(shares) == provider.accepted() == MANY
    assert provider.doubled() == {}
    assert counted(row) == {"sent": MANY}
    assert DeliveryEntry.objects.filter(outcome="accepted").count() == MANY


def test_whoever_leaves_or_is_suppressed_while_it_goes_out_wins(provider) -> None:
    numbers = everybody(1)
    last = phones.watermark()
    Line.objects.update(per_second=50)
    row = begun()

    def leave() -> None:
        time.sleep(0.3)
        phones.leave(last)
        messaging.suppress(actor=SYSTEM, service="plain", channel="sms", to=numbers[-2], cause="stop")

    side_by_side(worker, leave)

    assert provider.accepted() == MANY - 2
    assert not row.deliveries.filter(number=last).exists()
    assert row.deliveries.get(number=last - 1).status == "suppressed"


def test_a_cancel_stops_every_worker_within_a_second(provider, handed_over) -> None:
    everybody(1)
    Line.objects.update(per_second=40)
    row = begun()
    cancelled: list[float] = []

    def stop() -> None:
        wait_until(lambda: provider.accepted() > 0, "the first to go out")
        broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="Stood down.")
        cancelled.append(time.monotonic())

    side_by_side(worker, worker, stop)

    found = counted(row)
    assert 0 < found["sent"] == provider.accepted() < MANY
    assert len(handed_over) == found["sent"]
    assert max(handed_over) <= cancelled[0] + 1
    assert set(found) <= {"sent", "cancelled"}, "what was claimed and not handed over is not called unknown"
    row.refresh_from_db()
    assert (row.status, row.ended_at is not None) == ("cancelled", True)


def test_what_a_slow_look_saw_before_a_cancel_lets_nothing_go_a_second_after_it(
    provider, handed_over
) -> None:
    everybody(1)
    Line.objects.update(per_second=40)
    row = begun()
    one = fanout._Fanout("alert", 60)
    cancelled: list[float] = []

    class SlowBoard(Board):
        """The database answers the look before the cancel a second after it, and the next late too."""

        def look(self) -> None:
            if cancelled:
                time.sleep(0.3)
            super().look()
            if not cancelled and provider.accepted() > 5:
                broadcasts.cancel(actor=SYSTEM, broadcast_id=row.pk, reason="Stood down.")
                cancelled.append(time.monotonic())
                time.sleep(1.2)

    one._board = SlowBoard("alert")
    one.run()

    assert max(handed_over) <= cancelled[0] + 1


def test_a_pause_puts_back_what_was_not_handed_over_and_it_goes_on(provider) -> None:
    everybody(1)
    Line.objects.update(per_second=40)
    row = begun()

    def hold() -> None:
        time.sleep(0.5)
        broadcasts.pause(actor=SYSTEM, broadcast_id=row.pk, reason="Call handling is down.")

    side_by_side(worker, hold)
    before = provider.accepted()
    assert counted(row)["sent"] == before < MANY
    broadcasts.resume(actor=SYSTEM, broadcast_id=row.pk, reason="It is back.")
    Line.objects.update(per_second=100_000)
    worker()

    assert provider.accepted() == MANY
    assert provider.doubled() == {}


def test_the_pace_is_kept(provider, handed_over) -> None:
    everybody(1)
    Line.objects.update(per_second=45, kept_back=5)
    begun()

    worker()

    assert len(handed_over) == MANY
    assert 2.8 <= handed_over[-1] - handed_over[0] <= 8


def test_a_text_in_three_segments_takes_three_moments_of_the_pace(provider, handed_over) -> None:
    """Providers agree a rate of segments."""
    everybody(1)
    Line.objects.update(per_second=120)
    begun(body="Child Rescue Alert. " * 20)

    worker()

    assert len(handed_over) == MANY
    assert 2.8 <= handed_over[-1] - handed_over[0] <= 8


def test_a_line_slower_than_one_text_sends_it_all_the_same(provider) -> None:
    phones.subscribe(["+447700900001", "+447700900002"])
    Line.objects.update(per_second=2)
    row = begun(body="Child Rescue Alert. " * 20)
    worker()
    assert counted(row) == {"sent": 2}


def test_a_provider_that_cuts_in_the_middle_leaves_everybody_accounted_for(provider) -> None:
    everybody(1)
    row = begun()
    provider.break_(FaultKind.CUT_AFTER, times=5)
    provider.break_(FaultKind.CUT_BEFORE, times=5)
    worker()

    found = counted(row)
    assert found["sent"] + found["unknown"] == MANY
    assert found["unknown"] == 10
    assert provider.doubled() == {}
    assert provider.accepted() == MANY - 5


def test_one_at_a_time_in_a_process_and_a_second_call_makes_it_look(provider) -> None:
    everybody(1)
    Line.objects.update(per_second=60)
    begun()
    first = threading.Thread(target=lambda: (messaging.send_broadcasts(lane="alert"), connection.close()))
    first.start()
    time.sleep(0.3)
    second = begun(owner=("test.Alert", 2))
    assert messaging.send_broadcasts(lane="alert") == 0
    first.join()

    assert counted(second) == {"sent": MANY}


def test_a_worker_that_is_told_to_end_takes_nothing_more(provider) -> None:
    everybody(1)
    Line.objects.update(per_second=40)
    row = begun()
    timer = threading.Timer(0.5, fanout.stop_soon)
    timer.start()
    try:
        worker()
    finally:
        fanout._ended.clear()

    found = counted(row)
    assert set(found) == {"sent"}
    assert found["sent"] == provider.accepted() < MANY


def test_it_goes_on_where_its_time_was_over(provider) -> None:
    everybody(1)
    Line.objects.update(per_second=100)
    row = begun()
    fanout._Fanout("alert", 0.1).run()
    assert row.deliveries.count() < MANY
    worker()

    assert counted(row) == {"sent": MANY}


def test_what_a_killed_worker_had_opened_is_unknown_and_the_rest_goes_out_once(provider) -> None:
    everybody(1)
    row = begun()
    taken = fanout.take_next(row, line_id=None, most=50, batch=10) or []
    fanout.batches.open_batches({one.token for one in taken[:20]})
    worker()
    Delivery.objects.filter(status="sending").update(claimed_at=timezone.now() - timedelta(minutes=4))
    messaging.find_lost_deliveries()
    worker()

    assert counted(row) == {"sent": MANY - 20, "unknown": 20}
    assert provider.accepted() == MANY - 20


def test_a_line_hands_over_nothing_of_a_batch_that_was_found_lost_meanwhile(provider) -> None:
    everybody(1)
    row = begun()
    lane = fanout._Fanout("alert", 60)
    lane._look()
    lane._fill()
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(seconds=30))
    messaging.find_lost_deliveries()
    assert counted(row) == {"queued": MANY}
    lane.run()
    worker()  # where that run had looked just before they were found lost

    assert counted(row) == {"sent": MANY}
    assert provider.accepted() == MANY


def test_an_actor_is_kept() -> None:
    phones.subscribe(["+447700900001"])
    assert begun().created_by_id == Actor.system("test").user_id
