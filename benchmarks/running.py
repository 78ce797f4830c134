"""Running the loads, each at each size in a process of its own, and printing their tables."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import databases, table
from benchmarks.harness import Measured, read_back
from benchmarks.load import Load
from benchmarks.loading import chosen, every_load

KEPT = Path(__file__).resolve().parent.parent / "var" / "bench"


def main(arguments: list[str]) -> int:
    """Seed what is missing, measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--rows", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args(arguments)
    sizes = sorted({int(one.replace("_", "")) for one in given.rows.split(",")})
    loads = [load for name in given.names for load in chosen(name)] if given.names else every_load()
    found: dict[str, list[Measured]] = {load.name: [] for load in loads}
    for rows in sizes:
        databases.seeded(rows, again=given.again)
        with databases.copy_of(rows) as shared:
            for load in loads:
                if not load.sizes or rows in load.sizes:
                    found[load.name] += _measured(load, rows, shared, given.rounds)
    _print(loads, found, sizes)
    _keep(found)
    return 0 if all(found.values()) else 1


def _measured(load: Load, rows: int, shared: str, rounds: int) -> list[Measured]:
    """In a process of its own, on the shared copy or, where it writes, on one that nobody wrote to."""
    _say(f"  measuring {load.name} at {table.short(rows)} ...")
    try:
        if not load.writes:
            return [_run(load, rows, shared, rounds)]
        with databases.copy_of(rows) as own:
            return [_run(load, rows, own, rounds)]
    except subprocess.CalledProcessError:
        _say(f"  {load.name} at {table.short(rows)} FAILED; the others go on.")
        return []


def _run(load: Load, rows: int, address: str, rounds: int) -> Measured:
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{load.name}-{rows}.json"
    file.unlink(missing_ok=True)
    argv = [sys.executable, "-m", "benchmarks.one", load.name, str(rows), str(file), str(rounds)]
    subprocess.run(argv, env={**os.environ, "DATABASE_URL": address}, check=True)
    return read_back(json.loads(file.read_text()))


def _print(loads: list[Load], found: dict[str, list[Measured]], sizes: list[int]) -> None:
    _say(f"\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores\n")
    for line in table.head(sizes):
        _say(line)
    shown = [load for load in loads if found[load.name]]
    for load in shown:
        for line in table.lines(load, found[load.name]):
            _say(line)
    _say("")
    for load in shown:
        for line in table.counters(load, found[load.name]):
            _say(line)


def _keep(found: dict[str, list[Measured]]) -> None:
    file = KEPT / f"bench-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.json"
    figures = {name: [one.told() for one in rows] for name, rows in found.items()}
    file.write_text(json.dumps({"cores": os.cpu_count(), "loads": figures}, indent=1))
    _say(f"\nkept in {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
