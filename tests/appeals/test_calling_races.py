"""Workers at one sighting or player that waits, and one that is killed, with real threads and connections."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appeals.deadlines import PLAYER_SILENT_AFTER
from appeals.enums import Channel
from appeals.models import Appeal, Sighting
from appeals.services import call_due, watch_players
from appeals.services import sightings as services
from foundation.events import services as events
from foundation.messaging.models import Message
from tests.appeals import making
from tests.appeals.seeing import mailed, sent
from tests.missingcases.test_races import at_once
from tests.processes import wait_until


def passed(desk, appeal: Appeal) -> Sighting:
    """A sighting of immediate danger that the force has and nobody was told of yet."""
    seen = sent(appeal)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    return services.pass_to_police(actor=desk.publicity, reference=seen.reference)


def test_two_workers_and_the_event_call_once(committing_db, desk, live, met_coordinator) -> None:
    passed(desk, live)
    at_once(call_due, call_due, events.sweep, call_due)
    assert mailed() == [met_coordinator.user.email]


def test_a_worker_killed_in_the_middle_leaves_the_call_to_the_next(
    committing_db, desk, live, met_coordinator
) -> None:
    """Its connection is cut as it queues the letter: nothing was sent, and nothing is forgotten."""
    passed(desk, live)
    worker: list[int] = []
    told: list[Exception] = []

    def work() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                worker.append(cursor.fetchone()[0])
            call_due()
        except DatabaseError as problem:
            told.append(problem)
        finally:
            connection.close()

    thread = Thread(target=work)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{Message._meta.db_table}" IN SHARE MODE')
        thread.start()
        wait_until(lambda: waits_for_a_lock(worker), "the worker to queue its letter")
        cursor.execute("SELECT pg_terminate_backend(%s)", worker)
        thread.join()
    assert told
    assert mailed() == []
    assert call_due() == 1
    assert mailed() == [met_coordinator.user.email]


def waits_for_a_lock(worker: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = ANY(%s) AND NOT granted", [worker])
        return bool(cursor.fetchone()[0])


def test_three_workers_tell_of_each_silent_player_once(committing_db, desk) -> None:
    past = timezone.now() - PLAYER_SILENT_AFTER - timedelta(minutes=1)
    for number in range(4):
        making.outlet(Channel.BILLBOARD, f"Screen {number}", last_heard_at=past)
    at_once(watch_players, watch_players, watch_players)
    # Two people of the publicity desk hear of each.
    assert len(mailed()) == 8
