"""Bringing past incidents in from a CSV file: a million rows are what two forces of ten years hand over."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready, Took
from benchmarks.made_rows import COLUMNS, write_file
from benchmarks.peers.row_by_row import bring_in as peer_brings_in
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.imports import services
from missingcases.imports.models import ImportBatch

# A unit of ours and of the limit, and one of the peer: all are reckoned a row.
ROWS, PEERS_ROWS = 2000, 100
SMALL, LARGE = 10_000, 100_000


def force() -> Organisation:
    """Whose file it is: a force that nobody else here writes for."""
    found, _ = Organisation.objects.get_or_create(
        code="bench_import", defaults={"name": "Bench", "kind": OrganisationKind.POLICE_FORCE}
    )
    return found


def bring_in(path: Path, organisation_id: int) -> ImportBatch:
    """As the command and the worker do it, from the upload to the last row."""
    with path.open("rb") as content:
        batch = services.receive_file(
            actor=Actor.system("benchmarks.imports"),
            organisation_id=organisation_id,
            name=path.name,
            content=content,
            is_dry_run=False,
            kick=False,
        )
    return services.run(batch_id=batch.pk)


def copy_bytes(path: Path) -> int:
    """The least that could be done: the same bytes into a table of words; returns the rows."""
    with connection.cursor() as cursor, path.open("rb") as stream:
        columns = ", ".join(f"{name} text" for name in COLUMNS)
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS bench_rows ({columns})")
        cursor.copy_expert("COPY bench_rows FROM STDIN (FORMAT csv, HEADER)", stream)
        return int(cursor.rowcount)


def prepare(rows: int, *, ours: int = ROWS, peers: int = PEERS_ROWS) -> Ready:
    """Files of new rows, another for every unit; `rows` incidents are in the database before."""
    folder = tempfile.TemporaryDirectory()
    settings.MEDIA_ROOT = folder.name
    owner, number = force().pk, count()

    def on_a_fresh_file(work: Callable[[Path], int], size: int) -> Callable[[], Took]:
        def unit() -> Took:
            turn = next(number)
            path = write_file(Path(folder.name) / f"{turn}.csv", size, prefix=f"B/{turn}", seed=turn)
            begun = time.perf_counter()
            landed = work(path)
            return Took(time.perf_counter() - begun, landed)

        return unit

    our_unit = on_a_fresh_file(lambda path: bring_in(path, owner).created, ours)
    return Ready(
        ours=our_unit,
        peer=on_a_fresh_file(lambda path: peer_brings_in(path, owner), peers),
        limit=on_a_fresh_file(copy_bytes, ours),
        counters=lambda: _counted(our_unit, ours),
        checks=lambda: _whole_files() if rows == SMALL else [],
        close=folder.cleanup,
    )


def _counted(unit: Callable[[], Took], size: int) -> dict[str, float]:
    """Statements beside the COPYs; their plans are short, so buffers would tell nothing here."""
    return {"queries a thousand rows": counted(unit)["queries"] / size * 1000}


def _whole_files() -> list[Check]:
    """Files of two sizes, each by a process of its own: its most memory, and its time a row."""
    small, large = _one_file(SMALL), _one_file(LARGE)
    growth = large["processor"] / LARGE / (small["processor"] / SMALL)
    extra = large["megabytes"] - small["megabytes"]
    sizes = ", ".join(
        f"{one['rows']:,.0f} rows in {one['seconds']:.1f} s ({one['processor']:.1f} s of processor) at "
        f"{one['megabytes']:.0f} MB"
        for one in (small, large)
    )
    return [
        Check("memory stays flat", f"{sizes}: {extra:.0f} MB more", extra <= 40),
        Check(
            "time is linear",
            f"{growth:.2f} times a row's processor time in ten times the rows",
            growth <= 1.2,
        ),
    ]


def _one_file(size: int) -> dict[str, float]:
    code = f"import django; django.setup(); from benchmarks.loads import imports; imports.report({size})"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "WARNING"}
    done = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def report(size: int) -> None:
    """Bring one file of `size` rows in and print how long it took and the most memory it held."""
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        path = write_file(Path(folder) / "whole.csv", size, prefix=f"W/{size}/{time.time_ns()}")
        owner, begun, burnt = force().pk, time.perf_counter(), time.process_time()
        batch = bring_in(path, owner)
        took, burnt = time.perf_counter() - begun, time.process_time() - burnt
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": batch.created, "seconds": took, "processor": burnt, "megabytes": most}))


LOAD = Load(
    name="imports",
    title="import, a row",
    goal=Goal(peer=10),
    prepare=prepare,
    rounds=7,
    grows="ms",
    writes=True,
)
