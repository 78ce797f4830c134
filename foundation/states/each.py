"""`states.move_many` for rows that each go to a state of their own, with values of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from foundation.actors import Actor
from foundation.states.many import require_ways
from foundation.states.tables import StateTable


@dataclass(frozen=True)
class Moving:
    """What many rows that each move to a state of their own have in common.

    `same` are columns that all of them have the same value in, `key` is the one that tells them apart.
    `columns` are the further values of each, with their types; `written` is the SET of the UPDATE, in which
    they are called ``each`` and the row ``row``.
    """

    model: type[models.Model]
    table: StateTable
    source: str
    key: str
    same: Mapping[str, Any]
    columns: Mapping[str, str]
    written: str
    # Columns among these that have to be as each says they are, or it is not its row any more.
    agreeing: Sequence[str] = ()


def move_each(moving: Moving, rows: Sequence[tuple[Any, ...]], *, actor: Actor) -> set[Any]:
    """Move each row that is still at the source to a state of its own; returns the keys of those that moved.

    A row is (key, state, and the values of `columns` in their order). One UPDATE for all, for what has an
    append-only log of its own, as `move_many` with `audited=False`.
    """
    for to in {row[1] for row in rows}:
        require_ways(moving.table, (moving.source,), to, actor)
    if not rows:
        return set()
    field, key = moving.table.field, moving.key
    names = [key, field, *moving.columns]
    types = ["bigint", "text", *moving.columns.values()]
    columns = [_column(values) for values in zip(*rows, strict=True)]
    given = ", ".join(
        f"unnest(%s::{kind}[]) AS {name}" if differs else f"%s::{kind} AS {name}"
        for name, kind, (_, differs) in zip(names, types, columns, strict=True)
    )
    known = " AND ".join(
        [f"row.{name} = %s" for name in moving.same]
        + [f"row.{name} = each.{name}" for name in moving.agreeing]
    )
    statement = f"""
        UPDATE {moving.model._meta.db_table} row SET {field} = each.{field}, {moving.written}
        FROM (SELECT {given}) AS each
        WHERE {known} AND row.{key} = each.{key} AND row.{field} = %s RETURNING row.{key}
    """  # noqa: S608 - names that stand in our own code
    values = [value for value, _ in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *moving.same.values(), moving.source])
        return {found[0] for found in cursor.fetchall()}


def _column(values: Sequence[Any]) -> tuple[Any, bool]:
    """A column's values, and whether they differ: what all rows have in common goes out once."""
    first = values[0]
    if all(value == first for value in values):
        return first, False
    return list(values), True
