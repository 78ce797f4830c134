"""Keeping providers' calls: those that wait at one time are kept by one write, and each is answered after it.

Whoever comes first writes; who comes meanwhile waits, and then one of them writes for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, models

from foundation.messaging.models import RawCallback

log = structlog.get_logger(__name__)

MOST = 200
_COLUMNS = (
    "provider",
    "kind",
    "query",
    "body",
    "signature_ok",
    "received_at",
    "due_at",
    "attempts",
    "processed_at",
    "result",
)


@dataclass(slots=True, eq=False)
class _Call:
    """One call. It waits for its own lock, which whoever kept it, or hands it the turn, lets go."""

    row: RawCallback
    values: list[Any]
    is_kept: bool = False
    by_itself: bool = False
    waits: Lock = field(default_factory=Lock)


class _Keeper:
    """Writes what waits. One thread at a time has the turn and hands it on to one that waits.

    The next writes before those that were kept go on: the database is not left idle while they answer.
    """

    def __init__(self) -> None:
        self._waiting: deque[_Call] = deque()
        self._is_writing = False
        self._lock = Lock()

    def keep(self, row: RawCallback) -> None:
        """Return once the row is committed; raise if it cannot be."""
        call = _Call(row, _values_of(row))  # encrypted here: whoever has the turn only writes
        call.waits.acquire()
        with self._lock:
            self._waiting.append(call)
            is_first = not self._is_writing
            self._is_writing = True
        if not is_first:
            call.waits.acquire()
        if not call.is_kept and not call.by_itself:
            self._write_all()
        if not call.is_kept:
            _insert_now([call])

    def _write_all(self) -> None:
        """Write what waits, this thread's own call among it, and hand the turn on."""
        calls = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        try:
            _insert_now(calls)
        except Exception:
            if len(calls) == 1:
                raise
            # One of them cannot be kept: each tries by itself, so that only that one goes without.
            log.warning("calls_not_kept_together", calls=len(calls))
        else:
            for call in calls:
                call.is_kept = True
        finally:
            self._hand_on(calls)

    def _hand_on(self, done: Sequence[_Call]) -> None:
        with self._lock:
            following = self._waiting[0] if self._waiting else None
            self._is_writing = following is not None
        if following:
            following.waits.release()
        for call in done[1:]:
            call.by_itself = not call.is_kept
            call.waits.release()


_keeper = _Keeper()


def keep(row: RawCallback) -> RawCallback:
    """Keep one call; it is committed on return, or will be with the transaction that the caller holds."""
    if connection.in_atomic_block:
        insert([row])
    else:
        _keeper.keep(row)
    return row


def _insert_now(calls: Sequence[_Call]) -> None:
    """Without asking first whether the connection still lives, which would double the work.

    Where it does not, it is made anew and the rows are written again: a call kept twice changes nothing.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs lack it
    try:
        _write(calls)
    except (OperationalError, InterfaceError):
        connection.close()
        _write(calls)


def insert(rows: Sequence[RawCallback]) -> None:
    """Write the rows by one statement, which needs no transaction around it, and give them their keys."""
    _write([_Call(row, _values_of(row)) for row in rows])


def _write(calls: Sequence[_Call]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(calls)), [one for call in calls for one in call.values])
        for call, (key,) in zip(calls, cursor.fetchall(), strict=True):
            call.row.pk = key


def _values_of(row: RawCallback) -> list[Any]:
    """What the columns take. The driver knows how to write all of them; one is encrypted before."""
    return [_body().get_prep_value(row.body) if name == "body" else getattr(row, name) for name in _COLUMNS]


@cache
def _body() -> models.Field[Any, Any]:
    return RawCallback._meta.get_field("body")


@lru_cache(maxsize=MOST)
def _statement(count: int) -> str:
    one = f"({', '.join(['%s'] * len(_COLUMNS))})"
    table, many = RawCallback._meta.db_table, ", ".join([one] * count)
    return f"INSERT INTO {table} ({', '.join(_COLUMNS)}) VALUES {many} RETURNING id"  # noqa: S608 - all of it is ours
