"""Statements that Postgres reads and plans once a connection, for what is asked at every request.

Planning a join of four tables takes Postgres as long as answering it. A prepared statement is planned a few
times and then no more. It belongs to one connection, so what was prepared is remembered with that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# A plan takes memory in its session. Past so many, a statement is sent as it is: right, only slower.
MOST = 60
_PLACE = re.compile(r"%\((\w+)\)s")
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def fetch_row(sql: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The first row of a statement with `%(name)s` places; None where there is none.

    Postgres infers the type of each place, so one that has none by its context needs a cast. Numbers that
    decide a plan, such as a LIMIT, stand in the text.
    """
    with connection.cursor() as cursor:
        _execute(cursor, sql, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def fetch_all(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Every row of a statement, as `fetch_row` takes it."""
    with connection.cursor() as cursor:
        _execute(cursor, sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def array_of(numbers: Iterable[float]) -> str:
    """Numbers as one value: a list goes out as an expression of each, and Postgres reads one by one."""
    return f"{{{','.join(map(str, numbers))}}}"


def _execute(cursor: Any, sql: str, values: Mapping[str, Any]) -> None:
    name, names, body = _parts(sql)
    known = _prepared.setdefault(connection.connection, set())
    if name not in known and len(known) < MOST:
        cursor.execute(f"PREPARE {name} AS {body}")
        known.add(name)
    if name in known:
        places = ", ".join(["%s"] * len(names))
        cursor.execute(
            f"EXECUTE {name} ({places})" if names else f"EXECUTE {name}", [values[one] for one in names]
        )
    else:
        cursor.execute(sql, values)


@lru_cache(maxsize=512)
def _parts(sql: str) -> tuple[str, tuple[str, ...], str]:
    """A name for the statement, the names of its places in order, and its text with numbered places."""
    names = tuple(dict.fromkeys(_PLACE.findall(sql)))
    body = _PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", sql)
    return f"harbour_{sha256(sql.encode()).hexdigest()[:16]}", names, body
