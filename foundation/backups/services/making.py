"""Making a backup: one snapshot, dumped, encrypted, then read back and counted before it is called one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import seals
from foundation.audit import services as audit
from foundation.backups.exceptions import BackupTrouble
from foundation.backups.models import Backup
from foundation.backups.services import archive, postgres
from foundation.backups.services.archive import Manifest

MAKER = Actor.system("backups.make")


def recipients() -> list[Any]:
    """The public keys of the settings. Raises `BackupTrouble` where there is none, or one is none."""
    if not settings.BACKUP_RECIPIENTS:
        raise BackupTrouble(
            "No key to encrypt to. Make one with `manage.py backup_key FILE` on another machine, "
            "and set BACKUP_RECIPIENTS to what it prints."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(one.strip()) for one in settings.BACKUP_RECIPIENTS]
    except pyrage.RecipientError:
        raise BackupTrouble(
            "BACKUP_RECIPIENTS holds something that is no age public key (age1...)."
        ) from None


def make(path: Path) -> Backup:
    """Write a backup to `path` and prove that it is whole. Raises `BackupTrouble`; then no file is left."""
    keys = recipients()
    if path.exists():
        raise BackupTrouble(f"{path} is there already. Give another name; nothing is written over.")
    if not path.parent.is_dir():
        raise BackupTrouble(f"There is no folder {path.parent}.")
    # Opens this one file for the look back, and is forgotten with this process.
    own = pyrage.x25519.Identity.generate()
    beside = path.with_name(path.name + ".part")
    beside.unlink(missing_ok=True)
    made_at = timezone.now()
    try:
        manifest = _write(beside, [*keys, own.to_public()], made_at)
        check(beside, own, expected=manifest)
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    return _remember(path, made_at, manifest)


def _write(path: Path, keys: Sequence[Any], made_at: datetime) -> Manifest:
    with _snapshot() as name:
        verdict = seals.verify()
        if not verdict.intact:
            raise BackupTrouble(
                f"The audit trail is broken ({verdict.why}). Call the auditor before anything else."
            )
        heads = {str(one["seal"]): str(one["head"]) for one in seals.heads()[-1:]}
        manifest = Manifest(made_at.isoformat(), postgres.count_rows(), heads)
        wanted = ("--format=custom", f"--snapshot={name}", "--no-owner", "--no-acl", "--no-comments")
        without = [f"--exclude-table-data=public.{table}" for table in postgres.left_out()]
        with postgres.running("pg_dump", *wanted, *without) as dumping:
            dump: IO[bytes] = dumping.stdout  # type: ignore[assignment] # opened with a pipe
            archive.write(
                path, recipients=keys, dump=dump, media=Path(settings.MEDIA_ROOT), manifest=manifest
            )
    return manifest


@contextmanager
def _snapshot() -> Iterator[str]:
    """Everything read inside, and by whoever is given the name, is of one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def check(path: Path, identity: Any, *, expected: Manifest | None = None) -> Manifest:
    """Read a backup through, changing nothing, and count what it holds. Raises `BackupTrouble`."""
    files = 0

    def count_file(_name: str, opened: IO[bytes]) -> None:
        nonlocal files
        files += 1
        while opened.read(archive.PART):
            pass

    with postgres.running("pg_restore", "--data-only", "--file=-") as restoring:
        counter = postgres.RowCounter(restoring)
        manifest = archive.read(path, identity, database=counter.feed, media=count_file)
        rows = counter.finish()
    if manifest != (expected or manifest) or files != manifest.files or rows != manifest.rows:
        raise BackupTrouble(f"{path.name} does not hold what it should. It is not to be used.")
    return manifest


def _remember(path: Path, made_at: datetime, manifest: Manifest) -> Backup:
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    with transaction.atomic():
        row = Backup.objects.create(
            made_at=made_at,
            name=path.name[:120],
            size=path.stat().st_size,
            sha256=digest,
            rows=sum(manifest.rows.values()),
            files=manifest.files,
            audit_head=next(iter(manifest.heads.values()), ""),
        )
        audit.record(actor=MAKER, action="backup.made", target=row)
    return row
