"""The databases that loads run on: seeded once a size and kept, then copied for each run.

A kept one is named for the makers that made it, so that a change of that makes it anew; migrations that
came since are run on it. Nobody measures on it: reads write the audit trail, so every run has a copy.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.apps import apps
from psycopg2 import sql

from missingcases.matching.services.keys import SCHEME

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "harbour_bench_"


def seeded(rows: int, *, again: bool = False) -> str:
    """The name of a database with `rows` incidents, made where it is not there; 0 is a migrated empty one."""
    name = f"{PREFIX}{fingerprint()}_{rows}"
    if again or not _exists(name):
        _make(name, rows)
    elif _note_of(name) != migrations():
        _fill(name, 0)
        _note(name)
    return name


def _make(name: str, rows: int) -> None:
    _forget_older()
    below = seeded(0) if rows else "template1"
    half = f"{name}_half"
    _drop(half)
    _run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", half, below)
    begun = time.monotonic()
    _fill(half, rows)
    _drop(name)
    _run("ALTER DATABASE {} RENAME TO {}", half, name)
    _note(name)
    sys.stdout.write(f"  made {name} in {time.monotonic() - begun:.0f} s\n")


def fingerprint() -> str:
    """Changes when something else would be put into the tables: rows, or keys to search by."""
    keys = (ROOT / "missingcases" / "matching").glob("migrations/*.py")
    makers = (ROOT / "missingcases" / "made").glob("*.py")
    return _digest([ROOT / "benchmarks" / "seeded.py", *makers, *keys], f"keys {SCHEME}")


def migrations() -> str:
    """Changes when the tables do."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT)]
    return _digest([found for folder in ours for found in folder.glob("migrations/*.py")])


def _digest(files: list[Path], more: str = "") -> str:
    digest = hashlib.sha256(more.encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@contextlib.contextmanager
def copy_of(rows: int) -> Iterator[str]:
    """The address of a copy of the database with `rows` incidents; gone at the end."""
    name = f"{PREFIX}run_{secrets.token_hex(4)}"
    _run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, seeded(rows))
    try:
        yield address(name)
    finally:
        _drop(name)


def address(name: str) -> str:
    """Another database of the same server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _fill(name: str, rows: int) -> None:
    argv = [sys.executable, "-m", "benchmarks.seeded", str(rows)]
    subprocess.run(argv, env={**os.environ, "DATABASE_URL": address(name)}, check=True)


def _forget_older() -> None:
    """Databases of an earlier fingerprint, and what a killed run left."""
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        if not name.startswith(f"{PREFIX}{fingerprint()}"):
            _drop(name)


def _drop(name: str) -> None:
    """Whoever is connected; a vacuum of the server's own may not be ended, and is soon done."""
    for turn in range(30):
        try:
            return _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except psycopg2.errors.InsufficientPrivilege:
            if turn == 29:
                raise
            time.sleep(1)
    return None


def _note(name: str) -> None:
    """Keep beside the database which migrations it has had."""
    with _server() as cursor:
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS %s").format(sql.Identifier(name)), [migrations()])


def _note_of(name: str) -> str:
    with _server() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        return str(cursor.fetchone()[0])


def _exists(name: str) -> bool:
    with _server() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _run(statement: LiteralString, *names: str) -> None:
    with _server() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def _server() -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(address("postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
