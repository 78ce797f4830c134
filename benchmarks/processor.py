"""Processor time of this process and of the database's sessions: others on the machine do not change it."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import connection


class Meter:
    """Adds up what was spent since it was made. Where the database runs elsewhere, its share is not seen."""

    def __init__(self) -> None:
        self._sessions = _sessions()
        self._before = self._now()

    def spent(self) -> float:
        """Seconds."""
        return self._now() - self._before

    def _now(self) -> float:
        return time.process_time() + sum(map(_of_process, self._sessions))


def _sessions() -> list[int]:
    """The process ids of the sessions on our database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " UNION ALL SELECT pg_backend_pid()"
        )
        return [row[0] for row in cursor.fetchall()]


def _of_process(pid: int) -> float:
    """Seconds one process was on a processor, as Linux counts them in nanoseconds."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
