"""Processor time of this process, what it started and the database's sessions, whoever else is busy."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from django.db import connection


class Meter:
    """Adds up what was spent since it was made. Where the database runs elsewhere, its share is not seen."""

    def __init__(self) -> None:
        self._others = [*_sessions(), *_descendants(os.getpid())]
        self._before = self._now()

    def spent(self) -> float:
        """Seconds."""
        return self._now() - self._before

    def _now(self) -> float:
        return time.process_time() + sum(map(_of_process, self._others))


def _sessions() -> list[int]:
    """The process ids of the sessions on our database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def _descendants(pid: int) -> list[int]:
    """What this process started, and what that started."""
    children = [
        int(child)
        for listed in Path(f"/proc/{pid}/task").glob("*/children")
        for child in listed.read_text().split()
    ]
    return [found for child in children for found in (child, *_descendants(child))]


def _of_process(pid: int) -> float:
    """Seconds the threads of one process were on a processor, as Linux counts them in nanoseconds."""
    spent = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            spent += int(thread.read_text().split()[0])
    return spent / 1e9
