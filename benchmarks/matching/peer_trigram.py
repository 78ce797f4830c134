"""Trigram search (pg_trgm) over a table: how alike two records are as one line of text, in Postgres."""

from __future__ import annotations

from django.db import connection
from psycopg2.extras import execute_values

from benchmarks.matching.peer_splink import BLOCKS
from benchmarks.matching.records import Data, Pair, Record

# Below this a pair is nothing.
LEAST = 0.35
_COLUMNS = ("given", "family", "born", "number", "street", "suburb", "postcode", "phone")


def scored(data: Data) -> dict[Pair, float]:
    """Every pair above `LEAST` that shares one of Splink's blocks, with its similarity from 0 to 1.

    Each line with each by a trigram index takes minutes over ten thousand records, for the same pairs.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS trigram_peer")
        columns = ", ".join(f"{name} text" for name in _COLUMNS)
        cursor.execute(f"CREATE TEMP TABLE trigram_peer (id int, {columns}, line text)")
        rows = [_row(at, one) for at, one in enumerate(data.records)]
        execute_values(cursor.cursor, "INSERT INTO trigram_peer VALUES %s", rows)
        cursor.execute("ANALYZE trigram_peer")
        cursor.execute(
            f"SELECT one.id, two.id, similarity(one.line, two.line) FROM ({_pairs()}) AS pairs "
            "JOIN trigram_peer one ON one.id = pairs.first JOIN trigram_peer two ON two.id = pairs.second"
        )
        found = {(one, two): score for one, two, score in cursor.fetchall() if score >= LEAST}
    return {pair: score for pair, score in found.items() if data.counts(pair)}


def _row(at: int, one: Record) -> tuple[int | str | None, ...]:
    columns = (getattr(one, name) or None for name in _COLUMNS)
    return at, *columns, f"{one.given} {one.family} {one.born} {one.address}"


def _pairs() -> str:
    return " UNION ".join(
        "SELECT a.id AS first, b.id AS second FROM trigram_peer a JOIN trigram_peer b ON a.id < b.id AND "
        + " AND ".join(f"{_of('a', column)} = {_of('b', column)}" for column in block)
        for block in BLOCKS
    )


def _of(table: str, column: str) -> str:
    """A column of a table, where a block may be a part of it."""
    return column.replace("(", f"({table}.") if "(" in column else f"{table}.{column}"
