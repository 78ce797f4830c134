"""Servers of a scenario's own, to be killed and started again."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command

from launcher.accounts import server_account
from launcher.binaries import postgres_bin, valkey_server
from launcher.places import scratch_parent
from launcher.postgres import Postgres
from launcher.valkey import Valkey
from tests import isolation


@contextlib.contextmanager
def own_valkey(*, port: int = 0) -> Iterator[Valkey]:
    """An empty one with an append-only file, as a server's has; Celery and cache here use it.

    Without `port` it takes a free one, which another test may take while it is away.
    """
    account = server_account()
    before = os.environ["REDIS_URL"]
    with _scratch() as folder:
        binary = valkey_server(account, folder / "bin")
        server = Valkey(binary, folder / "valkey", folder / "valkey.log", account, secrets.token_hex(16))
        server.port = port
        server.start()
        isolation.use_redis(server.url())
        try:
            yield server
        finally:
            isolation.use_redis(before)
            server.stop()


@contextlib.contextmanager
def own_postgres() -> Iterator[Postgres]:
    """An empty cluster that flushes what is committed."""
    account = server_account()
    with _scratch() as folder:
        server = Postgres(
            bin=postgres_bin(account, folder / "bin"),
            folder=folder / "postgres",
            log=folder / "postgres.log",
            account=account,
            owner_password=secrets.token_hex(16),
            password=secrets.token_hex(16),
            public_password=secrets.token_hex(16),
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="harbour-faults-", dir=scratch_parent(server_account())))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def standing_on(url: str) -> Iterator[None]:
    """Migrate the database in `url`; this process, and those it starts, use it while the block runs."""
    known = os.environ["DATABASE_URL"]
    before = isolation.use_address(url)
    os.environ["DATABASE_URL"] = url
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        os.environ["DATABASE_URL"] = known
        isolation.use_settings(before)
