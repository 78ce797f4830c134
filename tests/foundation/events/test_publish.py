"""Stops travel together, starts travel afterwards, and nothing owed is lost."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.events import services, tasks
from foundation.events.models import Owed, OwedStatus
from foundation.events.services import NotInTransaction, publish
from foundation.events.switchboard import UnroutedEvent
from foundation.events.types import EVENTS, Event, Route, payload_is_lean
from tests import isolation
from tests.foundation.events.happening import (
    Cause,
    Happened,
    note_it,
    noted,
    publish_one,
    write_then_fail,
)

pytestmark = pytest.mark.usefixtures("committing_db")


@dataclass(frozen=True, kw_only=True)
class Unheard(Event):
    """An event that no route names."""

    thing_id: int


@dataclass(frozen=True, kw_only=True)
class Gossip(Event):
    """An event that carries a name, which none may."""

    full_name: str


def test_publishing_outside_a_transaction_is_refused(route) -> None:
    route[Happened] = Route()
    with pytest.raises(NotInTransaction):
        publish(Happened(thing_id=1))


def test_an_event_without_a_route_is_refused(route) -> None:
    with pytest.raises(UnroutedEvent), transaction.atomic():
        publish(Unheard(thing_id=1))


def test_together_runs_in_the_same_transaction(route) -> None:
    route[Happened] = Route(together=(note_it,))
    with transaction.atomic():
        publish(Happened(thing_id=1))
        assert noted() == 1
        transaction.set_rollback(True)
    assert noted() == 0


def test_a_stop_that_fails_does_not_fail_what_stopped_it(route) -> None:
    route[Happened] = Route(together=(write_then_fail, note_it))
    publish_one()
    owed = Owed.objects.get()
    assert noted() == 1, "the other stops ran"
    assert not Organisation.objects.filter(code="half").exists(), "its own half is undone"
    assert (owed.was_together, owed.lane, owed.status) == (True, "urgent", OwedStatus.OWED)
    assert owed.error_kind == "RuntimeError"


def test_an_error_is_kept_without_its_words(route) -> None:
    route[Happened] = Route(together=(write_then_fail,))
    publish_one()
    owed = Owed.objects.get()
    kept = " ".join(str(getattr(owed, field.name)) for field in Owed._meta.fields)
    assert "somebody missing" not in kept
    assert "write_then_fail" in owed.error_where


def test_afterwards_is_owed_once_a_subscriber_and_paid_once(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one(at=timezone.now(), cause=Cause.FOUND)
    owed = Owed.objects.get()
    assert noted() == 0
    assert services.deliver(owed_id=owed.pk)
    assert not services.deliver(owed_id=owed.pk), "a second delivery finds nothing to do"
    owed.refresh_from_db()
    assert (noted(), owed.status) == (1, OwedStatus.DONE)


def test_a_failure_rolls_back_waits_longer_and_ends_with_a_person(route) -> None:
    route[Happened] = Route(afterwards=(write_then_fail,))
    with time_machine.travel(datetime(2026, 3, 1, 3, tzinfo=UTC), tick=False) as clock:
        publish_one()
        waits = []
        for _ in range(services.ATTEMPTS_BEFORE_STUCK):
            owed = Owed.objects.get()
            clock.move_to(max(owed.due_at, timezone.now()))
            services.sweep()
            owed.refresh_from_db()
            waits.append(owed.due_at - timezone.now())
        assert not Organisation.objects.filter(code="half").exists()
        assert owed.status == OwedStatus.STUCK
        assert all(timedelta(0) < wait <= services.LONGEST_WAIT for wait in waits)
        assert waits[-1] > waits[0]
        assert services.sweep() == 0, "a stuck delivery is not tried by machine"


def test_the_sweeper_finds_what_a_lost_redis_never_kicked(route, redis_url) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    isolation.use_redis("redis://127.0.0.1:1/0")
    publish_one()
    isolation.use_redis(redis_url)
    assert services.due(now=timezone.now()) == [Owed.objects.get().pk]
    assert services.sweep() == 1
    assert noted() == 1


def test_the_sweeper_pays_failed_stops_before_everything_else(route) -> None:
    route[Happened] = Route(together=(write_then_fail,), afterwards=(note_it,))
    publish_one()
    stop, start = Owed.objects.order_by("-was_together")
    Owed.objects.filter(pk=start.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert services.due(now=timezone.now()) == [stop.pk, start.pk]


def test_a_worker_kicked_by_redis_pays_the_debt(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    tasks.deliver_owed(Owed.objects.get().pk)
    assert noted() == 1


def test_the_beat_pays_what_is_due(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    tasks.sweep_owed()
    assert noted() == 1


def test_eight_workers_pay_a_debt_once(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    owed_id = Owed.objects.get().pk
    paid: list[bool] = []
    start = threading.Barrier(8)

    def worker() -> None:
        start.wait()
        paid.append(services.deliver(owed_id=owed_id))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(paid) == [False] * 7 + [True]
    assert noted() == 1


def test_a_failure_noted_late_does_not_touch_a_debt_paid_meanwhile(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    owed = Owed.objects.get()
    services.deliver(owed_id=owed.pk)
    services._keep_failure(owed.pk, ValueError())
    owed.refresh_from_db()
    assert (owed.status, owed.attempts) == (OwedStatus.DONE, 0)


def test_the_database_holds_done_to_its_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Owed.objects.create(
            event="x", payload={}, subscriber="x", due_at=timezone.now(), done_at=timezone.now()
        )


def test_an_event_comes_back_from_its_payload_as_it_was() -> None:
    event = Happened(thing_id=4, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), cause=Cause.FOUND)
    assert Happened.from_payload(event.to_payload()) == event
    assert Happened.from_payload(Happened(thing_id=4).to_payload()) == Happened(thing_id=4)


def test_a_payload_with_words_in_it_is_not_lean() -> None:
    assert payload_is_lean(Happened)
    assert not payload_is_lean(Gossip)
    assert EVENTS["events.Happened"] is Happened
