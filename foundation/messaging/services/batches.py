"""Batches of claims: opened by their worker before the first of one leaves, or closed by who finds it lost.

Both write the same row, so exactly one of them does. What a killed worker had claimed and not opened was
certainly not handed over, and may be claimed anew; of what it had opened nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.db import connection

# So many are claimed under one name, or what a line hands over in a tenth of a second.
MOST = 100
PART_OF_A_SECOND = 0.1
# Opened ahead of the line: so many, or what it hands over in so long. A kill leaves them unknown.
AHEAD = 400
AHEAD_SECONDS = 0.2
KEPT_FOR_DAYS = 1
_DECIDE = """
INSERT INTO messaging_claimbatch (token, is_lost, at)
SELECT one, %s, clock_timestamp() FROM unnest(%s::uuid[]) one
ON CONFLICT DO NOTHING RETURNING token::text
"""
_OLD = """
DELETE FROM messaging_claimbatch old WHERE at < clock_timestamp() - make_interval(days => %s)
    AND NOT EXISTS (SELECT FROM messaging_delivery WHERE status = 'sending' AND claim_token = old.token)
"""


def size_for(rate: int) -> int:
    """How many of a line of so many a second are claimed under one name."""
    return max(1, min(MOST, int(rate * PART_OF_A_SECOND)))


def ahead_for(rate: int) -> int:
    """How many of such a line are opened beforehand."""
    return max(1, min(AHEAD, int(rate * AHEAD_SECONDS)))


def names(claims: int, size: int) -> list[str]:
    """Names for the batches of so many claims."""
    return [str(uuid4()) for _ in range(-(-claims // size))]


def open_batches(tokens: Iterable[str]) -> set[str]:
    """Those of these that may be handed over once this has committed; of the others nothing may."""
    return _decide(tokens, is_lost=False)


def close_batches(tokens: Iterable[str]) -> set[str]:
    """Those of these of which nothing was handed over, and nothing will be."""
    return _decide(tokens, is_lost=True)


def forget_old_batches() -> None:
    """Drop what decides nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD, [KEPT_FOR_DAYS])


def _decide(tokens: Iterable[str], *, is_lost: bool) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_DECIDE, [is_lost, sorted(tokens)])
        return {row[0] for row in cursor.fetchall()}
