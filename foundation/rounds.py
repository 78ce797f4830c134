"""Rounds that the clock calls: every row has its turn, whatever became of the one before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError

log = structlog.get_logger(__name__)
Row = TypeVar("Row")


def each(rows: Iterable[Row], do: Callable[[Row], int]) -> int:
    """Do it for every row, each in a transaction of `do`'s own; returns the sum of what `do` returned.

    A row that fails is logged by the kind of its error and comes again with the next round: a fault in one
    record never keeps those behind it waiting. Raises `OperationalError` and `InterfaceError`, as a database
    that is away is away for all of them.
    """
    done = 0
    for row in rows:
        try:
            done += do(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            where = f"{do.__module__}.{do.__qualname__.partition('.<locals>')[0]}"
            log.error("row_failed", round=where, row=getattr(row, "pk", row), error=type(error).__name__)
    return done
