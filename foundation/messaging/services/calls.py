"""Keeping providers' calls: those that wait at one time are kept by one write, and each is answered after it.

Whoever comes first writes; who comes meanwhile waits, and then one of them writes for all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.db import InterfaceError, OperationalError, connection, models

from foundation.messaging.models import RawCallback

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
    row: RawCallback
    is_kept: bool = False
    by_itself: bool = False


class _Keeper:
    """Writes what waits. One thread at a time has the turn."""

    def __init__(self) -> None:
        self._waiting: deque[_Call] = deque()
        self._turn = Lock()

    def keep(self, row: RawCallback) -> None:
        """Return once the row is committed; raise if it cannot be."""
        call = _Call(row)
        self._waiting.append(call)
        with self._turn:
            while not call.is_kept:
                self._write([call] if call.by_itself else self._next())

    def _next(self) -> list[_Call]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]

    def _write(self, calls: list[_Call]) -> None:
        try:
            _insert_now([call.row for call in calls])
        except Exception:
            if len(calls) == 1:
                raise
            # One of them cannot be kept: each tries by itself, so that only that one goes without.
            for call in calls:
                call.by_itself = True
        else:
            for call in calls:
                call.is_kept = True


_keeper = _Keeper()


def keep(row: RawCallback) -> RawCallback:
    """Keep one call; it is committed on return, or will be with the transaction that the caller holds."""
    if connection.in_atomic_block:
        insert([row])
    else:
        _keeper.keep(row)
    return row


def _insert_now(rows: Sequence[RawCallback]) -> None:
    """Without asking first whether the connection still lives, which would double the work.

    Where it does not, it is made anew and the rows are written again: a call kept twice changes nothing.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs lack it
    try:
        insert(rows)
    except (OperationalError, InterfaceError):
        connection.close()
        insert(rows)


def insert(rows: Sequence[RawCallback]) -> None:
    """Write the rows by one statement, which needs no transaction around it, and give them their keys."""
    values = [
        field.get_db_prep_save(getattr(row, field.name), connection) for row in rows for field in _fields()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(rows)), values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


@cache
def _fields() -> list[models.Field[Any, Any]]:
    by_name = {field.name: field for field in RawCallback._meta.concrete_fields}
    return [by_name[name] for name in _COLUMNS]


@lru_cache(maxsize=MOST)
def _statement(count: int) -> str:
    columns = ", ".join(str(field.column) for field in _fields())
    one = f"({', '.join(['%s'] * len(_COLUMNS))})"
    table, many = RawCallback._meta.db_table, ", ".join([one] * count)
    return f"INSERT INTO {table} ({columns}) VALUES {many} RETURNING id"  # noqa: S608 - all of it is ours
