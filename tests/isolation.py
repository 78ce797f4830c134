"""Each test process, and each test that asks, has servers' room of its own.

Databases are cloned from a migrated template: the audit trail refuses DELETE and TRUNCATE, so a test
that commits cannot be cleaned up after, only thrown away.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import kombu.pools
import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parent.parent
_redis_numbers = itertools.count(1)
REDIS_DATABASES_A_WORKER = 200


def worker_number() -> int:
    """0 without xdist, else 0, 1, 2... for gw0, gw1, gw2."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return int(name.removeprefix("gw"))


def next_redis_url(base: str) -> str:
    """A database number that no other test of this run uses now; emptied before use."""
    import redis

    turn = next(_redis_numbers) % REDIS_DATABASES_A_WORKER
    url = with_path(base, str(worker_number() * REDIS_DATABASES_A_WORKER + turn + 1))
    with contextlib.closing(redis.Redis.from_url(url)) as client:
        client.flushdb()
    return url


def with_path(url: str, path: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def use_redis(url: str) -> None:
    """Point this process's cache and Celery at that database."""
    from django.conf import settings
    from django.core.cache import caches

    from config.celery import app

    os.environ["REDIS_URL"] = url
    settings.REDIS_URL = url
    for config in settings.CACHES.values():
        if "LOCATION" in config and "redis" in config["BACKEND"]:
            config["LOCATION"] = url
    for alias in settings.CACHES:
        with contextlib.suppress(AttributeError):
            del caches[alias]
    kombu.pools.reset()  # kombu keeps pools by address, closed ones too
    app._pool = None
    app.amqp._producer_pool = None
    app.conf.broker_url = url


@contextlib.contextmanager
def _admin(url: str) -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(with_path(url, "postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def make_database(url: str, name: str) -> None:
    """One with nothing in it."""
    with _admin(url) as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def clone_database(url: str, *, template: str, name: str) -> None:
    """Copy a database nobody is connected to."""
    with _admin(url) as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop_database(url: str, name: str) -> None:
    """Throw a database away, whoever is still connected."""
    with _admin(url) as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def database_exists(url: str, name: str) -> bool:
    """Whether it is there."""
    with _admin(url) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def use_database(name: str) -> str:
    """Point `default` at another database, in this thread and those that start from now on.

    Returns the name it pointed at before.
    """
    return str(use_settings({"NAME": name})["NAME"])


def use_address(url: str) -> dict[str, Any]:
    """Point `default` at the database in `url`, whichever server that is on. Returns what it was."""
    parts = urlsplit(url)
    return use_settings(
        {
            "NAME": parts.path.removeprefix("/"),
            "USER": parts.username,
            "PASSWORD": parts.password,
            "HOST": parts.hostname,
            "PORT": parts.port,
        }
    )


def use_settings(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Change where `default` is, in this thread and those that start from now on; returns what it was."""
    from django.db import connections

    connections.close_all()
    here = connections["default"].settings_dict
    before = {name: here[name] for name in wanted}
    for found in (here, connections.settings["default"]):
        found.update(wanted)
    return before


def is_distributed() -> bool:
    """Whether this is one of several test processes."""
    return "PYTEST_XDIST_WORKER" in os.environ


@contextlib.contextmanager
def only_one_process(path: Path) -> Iterator[None]:
    """Hold a lock that the kernel lets go if we die."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def kept_template() -> str:
    """The name of a template that outlives the run, or "" (the rule).

    With HARBOUR_KEEP_TEMPLATE set, on a server of one's own, a run starts where the last one with the
    same migrations and packages left off.
    """
    if not os.environ.get("HARBOUR_KEEP_TEMPLATE"):
        return ""
    from django.apps import apps

    lock = ROOT / "locks" / "run.txt"
    digest = hashlib.sha256(lock.read_bytes() if lock.exists() else b"")
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT)]
    for path in sorted(found for folder in ours for found in folder.glob("migrations/*.py")):
        digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def migrate_template(url: str, name: str) -> None:
    """Make a database with every migration in it and nobody connected.

    HARBOUR_TEST_BEGINNING names one that the first of them have been through.
    """
    from django.core.management import call_command

    half_made = f"{name}_half"
    drop_database(url, half_made)
    if begun := os.environ.get("HARBOUR_TEST_BEGINNING"):
        clone_database(url, template=begun, name=half_made)
    else:
        make_database(url, half_made)
    before = use_database(half_made)
    call_command("migrate", verbosity=0, interactive=False)
    use_database(before)
    with _admin(url) as cursor:
        cursor.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half_made), sql.Identifier(name))
        )


@contextlib.contextmanager
def throwaway_database(template: str, blocker: Any) -> Iterator[str]:
    """A clone that `default` and DATABASE_URL point at while the block runs; yields its URL."""
    server = os.environ["DATABASE_URL"]
    name = f"commit_{worker_number()}_{secrets.token_hex(4)}"
    clone_database(server, template=template, name=name)
    with blocker.unblock():
        before = use_database(name)
        os.environ["DATABASE_URL"] = with_path(server, name)
        try:
            yield os.environ["DATABASE_URL"]
        finally:
            os.environ["DATABASE_URL"] = server
            use_database(before)
            drop_database(server, name)
