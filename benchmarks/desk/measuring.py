"""Measuring what every screen was told and when, and what that cost."""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2


@dataclass
class Result:
    """What one run found. Times in seconds from the commit of an incident until a screen had it."""

    screens: int
    incidents: int
    seen: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    browser: list[float] = field(default_factory=list)
    connections: int = 0
    polls: int = 0
    cpu_seconds: float = 0.0
    seconds: float = 0.0

    @property
    def missed(self) -> int:
        """How many times a screen was not told of an incident at all."""
        return self.incidents * self.screens - len(self.seen) - len(self.browser)

    def drawn(self) -> str:
        """The figures as lines to read."""
        every = sorted(self.seen + self.browser)
        return "\n".join(
            [
                f"screens                         {self.screens} (one of them a real browser)",
                f"incidents                       {self.incidents}",
                f"a screen had it, median         {statistics.median(every):.2f} s",
                f"a screen had it, 95th           {every[int(len(every) * 0.95) - 1]:.2f} s",
                f"a screen had it, slowest        {every[-1]:.2f} s",
                f"every screen had it, median     {statistics.median(self.last):.2f} s",
                f"the browser had it, slowest     {max(self.browser):.2f} s",
                f"never told                      {self.missed}",
                f"database connections, most      {self.connections}",
                f"polls                           {self.polls} ({self.polls / self.seconds:.0f} a second)",
                f"web server CPU                  {self.cpu_seconds / self.seconds:.0%} of one core, "
                f"{1000 * self.cpu_seconds / max(self.polls, 1):.2f} ms a poll",
            ]
        )


def told(lines: Sequence[str]) -> tuple[dict[str, dict[int, float]], int]:
    """From what the screens printed: when each had each reference first, and how many polls there were."""
    first: dict[str, dict[int, float]] = {}
    polls = 0
    for line in lines:
        row = json.loads(line)
        if isinstance(row, Mapping):
            polls = row["polls"]
            continue
        at, number, _, references = row
        for reference in references:
            first.setdefault(reference, {}).setdefault(number, at)
    return first, polls


@contextmanager
def most_connections(database_url: str) -> Iterator[list[int]]:
    """Counts the connections to the database ten times in a second; the list holds the most, without ours."""
    most, stop = [0], threading.Event()

    def watch() -> None:
        with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
            while not stop.wait(0.1):
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid()"
                )
                most[0] = max(most[0], cursor.fetchone()[0])
        connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        stop.set()
        watcher.join()


def cpu_seconds(pid: int) -> float:
    """What a process and its children have used of a processor so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(values[1]) == pid or int(stat.parent.name) == pid:
            total += (int(values[11]) + int(values[12])) / ticks
    return total


def now() -> float:
    """The clock that screens, browser and reporter share."""
    return time.time()
