"""Made data with every service's records, beside COPY of the same bytes into the same bare tables.

Both fill a migrated empty database in one transaction, take indexes and foreign keys off and make them again.
Ours draws, writes and copies in two processes; the peer reads files that hold what ours made. Counting the
figures anew, which comes after both, is in neither.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

SIZES = (10_000, 100_000, 1_000_000)
TIMES_COPY, TIMES_A_ROW, TIMES_MEMORY = 5.0, 1.25, 1.5
END = datetime(2026, 11, 1, tzinfo=UTC)
SEED = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<44} {self.seen}  {'holds' if self.holds else 'MISSED'}"


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """A line a size, then how time and memory grow from the smallest to the largest."""
    found = {}
    for size in sizes:
        found[size] = _both(size)
        sys.stderr.write(f"{_row(size, *found[size])}\n")
    rows = [_row(size, *sides) for size, sides in found.items()]
    first, last = (found[size][0] for size in (min(sizes), max(sizes)))
    if len(sizes) > 1:
        each = (last["seconds"] / max(sizes)) / (first["seconds"] / min(sizes))
        # The smallest does not fill what is held at a time.
        held = sorted(sizes)[-2]
        memory = last["megabytes"] / found[held][0]["megabytes"]
        rows += [
            Row(
                f"make_data, time each, {min(sizes):,} to {max(sizes):,}", f"{each:.2f}x", each <= TIMES_A_ROW
            ),
            Row(f"make_data, memory, {held:,} to {max(sizes):,}", f"{memory:.2f}x", memory <= TIMES_MEMORY),
        ]
    return rows


def _row(size: int, ours: dict[str, Any], peer: dict[str, Any]) -> Row:
    times = ours["seconds"] / peer["seconds"]
    seen = (
        f"{ours['seconds']:.0f} s, {ours['rows']:,} rows, {ours['megabytes']:.0f} MB at most in one process; "
        f"COPY of {peer['bytes'] / 1e6:,.0f} MB {peer['seconds']:.0f} s: {times:.2f}x"
    )
    return Row(f"make_data, {size:,} incidents with services", seen, times <= TIMES_COPY)


def _both(size: int) -> tuple[dict[str, Any], dict[str, Any]]:
    from benchmarks.databases import copy_of

    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        with copy_of(0) as address:
            ours = _side("ours", size, folder, address)
        with copy_of(0) as address:
            peer = _side("peer", size, folder, address)
    return ours, peer


def _side(side: str, size: int, folder: str, address: str) -> dict[str, Any]:
    argv = [sys.executable, "-m", "benchmarks.reports.made", side, str(size), folder]
    env = {**os.environ, "DATABASE_URL": address}
    done = subprocess.run(argv, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def ours(size: int, folder: Path) -> dict[str, Any]:
    """Make it, and put what was made into files, a table each, which is not timed."""
    from django.db import connection

    from config.made import SERVICES
    from missingcases.made.filling import fill
    from missingcases.made.frame import Ask

    begun = time.perf_counter()
    made = fill(Ask(size, SEED, END), SERVICES, processes=2)
    seconds = time.perf_counter() - begun
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    for name, (table, columns) in _tables().items():
        with connection.cursor() as cursor, (folder / name).open("wb") as file:
            cursor.copy_expert(f'COPY "{table}" ({columns}) TO STDOUT', file)
    return {"seconds": seconds, "rows": sum(made.rows.values()), "megabytes": memory / 1024}


def peer(size: int, folder: Path) -> dict[str, Any]:
    """COPY of the files, with nothing made but the people and bodies that rows name."""
    from django.db import connection, transaction

    from config.made import SERVICES
    from foundation.bare import bare, without_triggers
    from missingcases.made.filling import MANY
    from missingcases.made.forces import the_forces
    from missingcases.made.frame import Ask

    tables = _tables()
    begun = time.perf_counter()
    with transaction.atomic():
        the_forces()
        for service in SERVICES:
            service.prepare(Ask(size, SEED, END))
        with (bare if size >= MANY else without_triggers)([table for table, _ in tables.values()]):
            for name, (table, columns) in tables.items():
                with connection.cursor() as cursor, (folder / name).open("rb") as file:
                    cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', file)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "bytes": sum((folder / name).stat().st_size for name in tables)}


def _tables() -> dict[str, tuple[str, str]]:
    """Of each model that is made: its table and its columns."""
    from config.made import SERVICES
    from missingcases.made import person_rows
    from missingcases.matching.models import NameToken

    sheets = [*person_rows.sheets(), *(sheet for service in SERVICES for sheet in service.sheets())]
    models = {sheet.model._meta.label: sheet.model for sheet in sheets} | {NameToken._meta.label: NameToken}
    return {
        name: (
            model._meta.db_table,
            ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column),
        )
        for name, model in models.items()
    }


def main(arguments: Sequence[str]) -> int:
    """`ours|peer SIZE FOLDER` is one side; else the table, of the sizes of `--rows`."""
    if arguments[:1] in (["ours"], ["peer"]):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        does = ours if arguments[0] == "ours" else peer
        sys.stdout.write(json.dumps(does(int(arguments[1]), Path(arguments[2]))) + "\n")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    parser = argparse.ArgumentParser(prog="dev.py bench reports --only made")
    parser.add_argument("--rows", default=",".join(map(str, SIZES)))
    rows = run([int(one.replace("_", "")) for one in parser.parse_args(arguments).rows.split(",")])
    sys.stdout.writelines(f"{row}\n" for row in rows)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
