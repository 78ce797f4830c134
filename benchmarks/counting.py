"""Counting what no other process disturbs: statements, and the buffers their reading touches."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

_READING = frozenset({"SELECT", "WITH", "EXECUTE"})


def counted(work: Callable[[], object]) -> dict[str, float]:
    """Do the work once: how many statements it sends, and how many buffers the reading ones touch.

    The buffers are those of the plans run again, right afterwards, on the same rows.
    """
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    reading = [(sql, params) for sql, params in seen if sql.split(None, 1)[0].upper() in _READING]
    return {"queries": len(seen), "buffers": sum(buffers_of(sql, params) for sql, params in reading)}


def buffers_of(sql: str, params: Any = None) -> int:
    """The buffers one reading statement touches, hit or read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
        transaction.set_rollback(True)
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])
