"""The two servers the product stands on: existing ones, or embedded ones for a while."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from launcher import installation, keys, locks, say
from launcher.accounts import server_account
from launcher.binaries import postgres_bin, valkey_server
from launcher.places import BYTECODE, ROOT, memory_parent, scratch_parent, venv_tool
from launcher.postgres import Postgres
from launcher.valkey import Valkey

PREFIX = "harbour-test-"


@contextlib.contextmanager
def throwaway(
    environment: str = "test", *, but: tuple[str, ...] = (), on_disk: bool = False
) -> Iterator[dict[str, str]]:
    """Two empty servers on free ports, gone at the end. Yields the environment that points at them.

    DATABASE_URL and REDIS_URL, where given, are used instead; what `but` names is not started. `on_disk` is
    for what writes more than memory has room for, as a million incidents.
    """
    with contextlib.ExitStack() as stack:
        env = {**os.environ, "HARBOUR_ENV": environment, "PYTHONUNBUFFERED": "1"}
        env["PATH"] = os.pathsep.join([str(Path(venv_tool("x")).parent), env.get("PATH", "")])
        env["PYTHONPATH"] = str(ROOT)
        _compile_once(env)
        wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
        wanted = [name for name in wanted if name not in but]
        if wanted:
            _start(wanted, env, stack, on_disk=on_disk)
        yield env


def _compile_once(env: dict[str, str]) -> None:
    """A run starts a hundred processes: where Python may write nothing beside the sources, write it aside.

    Without this each process would read the libraries' source anew, and pytest rewrite every test.
    """
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):
        env.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))


@contextlib.contextmanager
def with_kept_database(name: str) -> Iterator[dict[str, str]]:
    """As `throwaway`, but the database stays from one run to the next, and is as durable as the product's.

    It lies in `name` beside the installation's own. Raises `locks.Taken` where another run has it.
    """
    account = server_account()
    folder = installation.state_folder(account) / name
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            stack.enter_context(locks.held(folder / "lock"))
            kept = keys.load(folder / "keys")
            postgres = Postgres(
                bin=postgres_bin(account, folder / "bin"),
                folder=folder / "postgres",
                log=folder / "postgres.log",
                account=account,
                owner_password=kept["POSTGRES_OWNER_PASSWORD"],
                password=kept["POSTGRES_PASSWORD"],
                public_password=kept["POSTGRES_PUBLIC_PASSWORD"],
            )
            stack.callback(postgres.stop)
            postgres.start()
        env = stack.enter_context(throwaway(but=("DATABASE_URL",)))
        if not os.environ.get("DATABASE_URL"):
            env["DATABASE_URL"], env["PUBLIC_DATABASE_URL"] = postgres.url(), postgres.public_url()
        yield env


def _start(wanted: list[str], env: dict[str, str], stack: contextlib.ExitStack, *, on_disk: bool) -> None:
    account = server_account()
    scratch = _folder(scratch_parent(account), stack)
    if "DATABASE_URL" in wanted:
        memory = None if on_disk else memory_parent(account)
        postgres = Postgres(
            bin=postgres_bin(account, scratch / "bin"),
            folder=(_folder(memory, stack) if memory else scratch) / "postgres",
            log=scratch / "postgres.log",
            account=account,
            owner_password=secrets.token_hex(16),
            password=secrets.token_hex(16),
            public_password=secrets.token_hex(16),
            throwaway=True,
        )
        stack.callback(postgres.stop)
        postgres.start()
        env["DATABASE_URL"] = postgres.url()
        env["PUBLIC_DATABASE_URL"] = postgres.public_url()
        env["HARBOUR_POSTGRES_LOG"] = str(postgres.log)
    if "REDIS_URL" in wanted:
        valkey = Valkey(
            binary=valkey_server(account, scratch / "bin"),
            folder=scratch / "valkey",
            log=scratch / "valkey.log",
            account=account,
            password=secrets.token_hex(16),
            throwaway=True,
        )
        stack.callback(valkey.stop)
        valkey.start()
        env["REDIS_URL"] = valkey.url()


def _folder(parent: Path, stack: contextlib.ExitStack) -> Path:
    """A folder of this run's own, gone when `stack` closes."""
    _sweep(parent)
    scratch = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    stack.callback(shutil.rmtree, scratch, ignore_errors=True)
    scratch.chmod(0o711)
    stack.enter_context(locks.held(scratch / "lock"))
    return scratch


def _sweep(parent: Path) -> None:
    """Remove what killed test runs left behind; a live run holds its lock."""
    for leftover in parent.glob(f"{PREFIX}*"):
        if leftover.is_symlink() or leftover.stat().st_uid != os.getuid():
            continue
        if locks.is_free(leftover / "lock"):
            say.step(f"removing what a killed run left in {leftover}.")
            shutil.rmtree(leftover, ignore_errors=True)
