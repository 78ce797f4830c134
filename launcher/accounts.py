"""Who the embedded servers run as. Postgres refuses to be root, so root hands them to a lesser account."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from launcher.say import Trouble

try:
    import pwd
except ImportError:  # Windows has no accounts of this kind, and no root
    pwd = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Account:
    """A lesser account of this machine."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to drop to, or None when we are an ordinary user and stay who we are.

    Raises Trouble where no account can be used.
    """
    if pwd is None:
        return None
    if os.geteuid() != 0:
        _require_name(os.geteuid())
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Trouble("running as root needs an account `postgres` or `nobody` for the database; neither exists.")


def _require_name(uid: int) -> None:
    """initdb looks its user up by number and fails without an entry."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise Trouble(
            f"user id {uid} has no entry in /etc/passwd, which Postgres needs; "
            "run as a named user, or point DATABASE_URL at a server."
        ) from None


def can_enter(folder: Path, account: Account | None) -> bool:
    """Whether the account may go into the folder and read there."""
    if account is None:
        return True
    return all(_may_pass(step, account) for step in (folder, *folder.parents))


def _may_pass(folder: Path, account: Account) -> bool:
    facts = folder.stat()
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & 0o100)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & 0o010)
    return bool(facts.st_mode & 0o001)


def give(path: Path, account: Account | None) -> None:
    """Hand a file or folder to the account."""
    if account is not None:
        os.chown(path, account.uid, account.gid)
