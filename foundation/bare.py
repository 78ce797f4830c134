"""Tables without indexes, foreign keys and triggers of ours while very many rows are put into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

_KEYS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]::oid[]) ORDER BY 1, 2"""
_INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index x
    WHERE indrelid = ANY(%s::regclass[]::oid[])
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid) ORDER BY 1"""


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """Take them off and make them again in the same transaction; the database checks every row again."""
    with connection.cursor() as cursor:
        _settle(cursor)
        cursor.execute(_KEYS, [list(tables)])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    with without_triggers(tables):
        yield
    with connection.cursor() as cursor:
        _restore(cursor, indexes, keys)


@contextmanager
def without_triggers(tables: Sequence[str]) -> Iterator[None]:
    """Whoever keeps something by triggers on these tables makes it anew afterwards."""
    with connection.cursor() as cursor:
        _settle(cursor)
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    with connection.cursor() as cursor:
        _settle(cursor)
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _settle(cursor: CursorWrapper) -> None:
    """Check now what keys are owed at the end of the transaction: a table that owes cannot be altered."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _restore(
    cursor: CursorWrapper, indexes: Sequence[tuple[str, str]], keys: Sequence[tuple[str, str, str]]
) -> None:
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, how in indexes:
        cursor.execute(how)
    for table, name, how in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}')
