"""Calls that come at one time are kept by few writes, each is answered after it, and one kick reads them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Barrier, Thread

import psycopg2
import pytest
import redis
from django.db import DataError, connection
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.models import RawCallback
from foundation.messaging.services import kick
from foundation.messaging.services.calls import keep

MANY = 12


def call(number: int, **changes: object) -> RawCallback:
    now = timezone.now()
    given = {"provider": "twilio", "kind": "status", "query": f"m={number}", "body": "MessageSid=SM1"}
    return RawCallback(signature_ok=True, received_at=now, due_at=now, **(given | changes))


def at_once(work: Callable[[int], None]) -> None:
    """By as many threads as there are numbers, all let go at one moment."""
    gate = Barrier(MANY)

    def run(number: int) -> None:
        gate.wait()
        work(number)
        connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_each_is_kept_when_it_returns(committing_db: str) -> None:
    kept: dict[int, RawCallback] = {}

    def one(number: int) -> None:
        row = keep(call(number))
        assert RawCallback.objects.filter(pk=row.pk, query=f"m={number}").exists()
        kept[number] = row

    at_once(one)
    assert len({row.pk for row in kept.values()}) == RawCallback.objects.count() == MANY
    assert {row.body for row in RawCallback.objects.all()} == {"MessageSid=SM1"}


def test_one_that_cannot_be_kept_costs_no_other(committing_db: str) -> None:
    refused: list[int] = []

    def one(number: int) -> None:
        try:
            keep(call(number, provider="x" * 99) if number == 5 else call(number))
        except Exception:
            refused.append(number)

    at_once(one)
    assert refused == [5]
    assert RawCallback.objects.count() == MANY - 1


def test_one_that_cannot_be_kept_and_is_alone_says_so(committing_db: str) -> None:
    with pytest.raises(DataError):
        keep(call(1, provider="x" * 99))
    keep(call(2))
    assert RawCallback.objects.get().query == "m=2"


@contextlib.contextmanager
def nothing_is_written() -> Iterator[None]:
    """Whoever writes a call meanwhile waits."""
    with psycopg2.connect(**connection.get_connection_params()) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE messaging_rawcallback IN EXCLUSIVE MODE")
        yield
    other.close()


def kept_while_nothing_was_written(numbers: Sequence[int], work: Callable[[int], object]) -> int:
    """Give the first its turn, have the others wait behind it; returns by how many writes all were kept."""

    def run(number: int) -> None:
        with contextlib.suppress(DataError):
            work(number)
        connection.close()

    threads = [Thread(target=run, args=[number]) for number in numbers]
    with nothing_is_written():
        for thread in threads:
            thread.start()
            time.sleep(0.05)
    for thread in threads:
        thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM messaging_rawcallback")
        return int(cursor.fetchone()[0])


def test_what_comes_during_a_write_is_kept_by_the_next(committing_db: str) -> None:
    assert kept_while_nothing_was_written(range(MANY), lambda number: keep(call(number))) == 2
    assert RawCallback.objects.count() == MANY


def test_of_those_kept_together_only_the_refused_one_goes_without(committing_db: str) -> None:
    def one(number: int) -> None:
        keep(call(number, provider="x" * 99) if number == 3 else call(number))

    kept_while_nothing_was_written(range(6), one)
    assert set(RawCallback.objects.values_list("query", flat=True)) == {f"m={n}" for n in range(6) if n != 3}
    keep(call(7))  # and nobody holds the turn for ever
    assert RawCallback.objects.count() == 6


def test_a_connection_that_was_lost_is_made_anew(committing_db: str) -> None:
    keep(call(1))
    with connection.cursor() as cursor, contextlib.suppress(Exception):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    keep(call(2))
    assert RawCallback.objects.count() == 2


@pytest.mark.django_db
def test_inside_a_transaction_it_goes_with_the_transaction() -> None:
    row = keep(call(1))
    assert RawCallback.objects.get().pk == row.pk


def test_receipts_that_come_together_are_read_by_one_task(committing_db: str, redis_url: str) -> None:
    with contextlib.closing(redis.Redis.from_url(os.environ["REDIS_URL"])) as queue:
        time.sleep(kick.TOGETHER_SECONDS)
        begun = time.monotonic()
        for _ in range(20):
            messaging.store_raw(provider="twilio", kind="status", body="MessageSid=SM1", signature_ok=True)
        windows = 1 + int((time.monotonic() - begun) / kick.TOGETHER_SECONDS)
        assert 1 <= queue.llen("normal") <= windows
        kicked = queue.llen("normal")
        time.sleep(kick.TOGETHER_SECONDS)
        messaging.store_raw(provider="twilio", kind="status", body="MessageSid=SM1", signature_ok=True)
        assert queue.llen("normal") == kicked + 1
        messaging.store_raw(provider="twilio", kind="inbound", body="MessageSid=SM1", signature_ok=True)
        assert queue.llen("urgent") == 1
