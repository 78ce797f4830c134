"""Trigram search (pg_trgm) over a table: how alike two records are as one line of text, in Postgres."""

from __future__ import annotations

from django.db import connection

from benchmarks.matching.records import Data, Pair

# Below this pairs are not looked at: the index makes the join possible at all.
LEAST = 0.35


def scored(data: Data) -> dict[Pair, float]:
    """Every pair above `LEAST`, with its similarity from 0 to 1, by a GIN index over the whole line."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS trigram_peer")
        cursor.execute("CREATE TEMP TABLE trigram_peer (id int, line text)")
        rows = [
            (at, f"{one.given} {one.family} {one.born} {one.address}") for at, one in enumerate(data.records)
        ]
        cursor.executemany("INSERT INTO trigram_peer VALUES (%s, %s)", rows)
        cursor.execute("CREATE INDEX ON trigram_peer USING gin (line gin_trgm_ops)")
        cursor.execute("ANALYZE trigram_peer")
        cursor.execute(f"SET pg_trgm.similarity_threshold = {LEAST}")
        cursor.execute(
            "SELECT a.id, b.id, similarity(a.line, b.line) FROM trigram_peer a "
            "JOIN trigram_peer b ON a.line % b.line AND a.id < b.id"
        )
        found = {(one, other): score for one, other, score in cursor.fetchall()}
    return {pair: score for pair, score in found.items() if data.counts(pair)}
