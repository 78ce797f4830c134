"""Restoring: the file is proved first; then one transaction brings the data and the hold together."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import seals
from foundation.audit import services as audit
from foundation.backups.enums import Step
from foundation.backups.exceptions import BackupTrouble
from foundation.backups.models import Hold
from foundation.backups.services import archive, postgres
from foundation.backups.services.archive import Manifest
from foundation.backups.services.making import check
from foundation.fields import TransactionNumberField

RESTORER = Actor.system("backups.restore")
# Ids handed out since the backup, which the ledger and other systems know, are not handed out again.
_SKIPPED_IDS = 1_000_000
_ATTEMPTS = 5
# Somebody's forgotten session must not make a restore wait for ever.
_PATIENCE = "SET lock_timeout = '30s';\n"
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;\n"


def identity_from(text: str) -> Any:
    """The private key in a key file's text. Raises `BackupTrouble`."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0])
    except (IndexError, pyrage.IdentityError):
        raise BackupTrouble("That is no private key: it holds no line AGE-SECRET-KEY-...") from None


def restore(path: Path, identity: Any, *, over: bool) -> tuple[Hold, Manifest]:
    """Put a backup in place of this database; it comes up held. `prove` it next. Raises `BackupTrouble`.

    Nothing is changed before the file has been read through and counted. What goes wrong after that leaves
    the database as it was.
    """
    if not over and _holds_anything():
        raise BackupTrouble(
            "This database is not empty. With --over everything in it is replaced by the backup."
        )
    manifest = check(path, identity)
    postgres.need_room_for_locks()
    connection.close()  # our own connection would wait for itself
    _load_beside_others(path, identity, manifest)
    return Hold.objects.latest("pk"), manifest


def _holds_anything() -> bool:
    counts = postgres.count_rows() if connection.introspection.table_names() else {}
    return any(counts.get(table) for table in ("accounts_user", "missingcases_incident"))


def _load_beside_others(path: Path, identity: Any, manifest: Manifest) -> None:
    """Workers and sites may be at work: where one and we wait for each other, the database ends us; again."""
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            return _load(path, identity, manifest)
        except BackupTrouble as problem:
            if not attempts_left or "deadlock detected" not in str(problem):
                raise
    return None


def _load(path: Path, identity: Any, manifest: Manifest) -> None:
    whole = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")
    quietly = ("--no-psqlrc", "--quiet", "--output=/dev/null")
    unpack = ("--no-owner", "--no-acl", "--no-comments", "--file=-")
    with postgres.running("psql", *whole, *quietly) as loading:
        into: IO[bytes] = loading.stdin  # type: ignore[assignment] # opened with a pipe
        into.write((_PATIENCE + _put_aside() + _EMPTY).encode())
        into.flush()
        with postgres.running("pg_restore", *unpack, into=into.fileno()) as unpacking:
            source: IO[bytes] = unpacking.stdin  # type: ignore[assignment]
            archive.read(path, identity, database=source.write, media=_put_file)
        into.write((_bring_back() + _count_anew() + _hold_statements(manifest)).encode())


def _put_aside() -> str:
    """What plays the outside world is not part of the backup and keeps what it knows."""
    moves = "".join(
        f"ALTER TABLE IF EXISTS public.{name} SET SCHEMA aside;\n" for name in postgres.left_out()
    )
    return f"CREATE SCHEMA aside;\n{moves}"


def _bring_back() -> str:
    back = "".join(
        f"IF to_regclass('aside.{name}') IS NOT NULL THEN "
        f"DROP TABLE IF EXISTS public.{name} CASCADE; ALTER TABLE aside.{name} SET SCHEMA public; END IF;\n"
        for name in postgres.left_out()
    )
    return f"DO $$ BEGIN\n{back} END $$;\nDROP SCHEMA aside;\n"


# A backup of an earlier version may not have the column yet.
_ZERO = """
IF EXISTS (SELECT FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name = '{table}' AND column_name = '{column}')
THEN UPDATE public.{table} SET {column} = 0; END IF;
"""


def _count_anew() -> str:
    """Numbers of transactions are another cluster's: they go before all that this one will hand out."""
    columns = [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TransactionNumberField)
    ]
    updates = "".join(_ZERO.format(table=table, column=column) for table, column in columns)
    return f"DO $$ BEGIN\n{updates} END $$;\n"


def _hold_statements(manifest: Manifest) -> str:
    """In the same transaction as the data: there is no moment at which it is not held."""
    made_at = datetime.fromisoformat(manifest.made_at).isoformat()
    now = timezone.now().isoformat()
    steps = ", ".join(f"('{step.value}')" for step in Step)
    return f"""
        RESET search_path;
        SELECT setval(c.oid::regclass, coalesce(pg_sequence_last_value(c.oid), 1) + {_SKIPPED_IDS})
          FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace;
        WITH made AS (
          INSERT INTO public.backups_hold
            (backup_made_at, restored_at, applied, unmatched, unreadable, failed, found, unclear)
          VALUES ('{made_at}', '{now}', 0, 0, 0, 0, 0, 0) RETURNING id)
        INSERT INTO public.backups_holdstep (hold_id, step)
          SELECT made.id, steps.step FROM made, (VALUES {steps}) AS steps (step);
        """  # noqa: S608 - times and names of our own


def _put_file(name: str, opened: IO[bytes]) -> None:
    """Into the media folder, whole or not at all; a name that would lead out of it is refused."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        raise BackupTrouble("The backup names a file outside the media folder. It is not one of ours.")
    target = Path(settings.MEDIA_ROOT) / parts
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        shutil.copyfileobj(opened, out, archive.PART)
    beside.replace(target)


def prove(hold: Hold, manifest: Manifest) -> None:
    """Compare the database with what the backup said of itself. Raises `BackupTrouble`; it stays held."""
    own = ("backups_hold", "backups_holdstep")
    rows = postgres.count_rows()
    differing = [name for name, count in manifest.rows.items() if rows.get(name) != count and name not in own]
    if differing:
        raise BackupTrouble(
            f"Restored, and held, but these tables differ from the backup: {', '.join(differing)}."
        )
    verdict = seals.verify(heads={int(seal): head for seal, head in manifest.heads.items()})
    if not verdict.intact:
        raise BackupTrouble(f"Restored, and held, but the audit trail is broken: {verdict.why}.")
    audit.record(actor=RESTORER, action="backup.restored", target=hold)
