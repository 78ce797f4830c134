"""A database of its own for each size, filled with made data and counted; and a line of the tables."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

ROWS = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<48} {self.seen}  {'holds' if self.holds else 'MISSED'}"


@dataclass(frozen=True, slots=True)
class Filled:
    """The largest force by its number, and how the counting anew went."""

    force: int
    counted: Row


@contextlib.contextmanager
def filled(size: int) -> Iterator[Filled]:
    """Django's database within is a clone of the migrated one with `size` incidents, analysed."""
    from django.db import connection, connections
    from django.utils import timezone

    from config.made import SERVICES
    from missingcases.made.filling import fill
    from missingcases.made.frame import Ask
    from reports.cells.rebuilding import rebuild
    from tests import isolation

    server = os.environ["DATABASE_URL"]
    base = server.rsplit("/", 1)[1].split("?")[0]
    name = f"bench_reports_{size}"
    connections.close_all()
    isolation.drop_database(server, name)
    isolation.clone_database(server, template=base, name=name)
    before = isolation.use_database(name)
    try:
        now = timezone.now().replace(minute=0, second=0, microsecond=0)
        began = time.monotonic()
        fill(Ask(size, 1, now, None), SERVICES, processes=2)
        made = time.monotonic() - began
        kept = rebuild()
        anew = time.monotonic() - began - made
        counted = Row(
            "count everything anew", f"{size:>9,}: {anew:.1f} s, made in {made:.0f} s, {kept}", True
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(
                "SELECT owner_id FROM missingcases_incident GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
            )
            (force,) = cursor.fetchone()
        yield Filled(force, counted)
    finally:
        connections.close_all()
        isolation.use_database(before)
        isolation.drop_database(server, name)


def printed(run: Callable[[Sequence[int]], Iterator[Row]], arguments: list[str]) -> int:
    """Print each line of the sizes that are asked for once it is found; not 0 where one was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default=",".join(map(str, ROWS)))
    missed = 0
    for row in run([int(one.replace("_", "")) for one in parser.parse_args(arguments).rows.split(",")]):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
        missed |= not row.holds
    return missed
