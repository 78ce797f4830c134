"""The ledger: stops, opt-outs and withdrawals, kept where a lost database does not take them along.

A line is a row in the transaction of what it tells of and is copied to an append-only file the moment that
commits; what could not be copied is tried again by a sweep. Lines hold ids and keyed hashes, encrypted.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.backups.models import LedgerLine
from foundation.fields import box

log = structlog.get_logger(__name__)

BATCH = 500


def note(kind: str, **ids: int | str | None) -> None:
    """Write one line, in the caller's transaction. Nothing happens where no ledger is kept."""
    if not settings.LEDGER_FOLDER:
        return
    LedgerLine.objects.create(kind=kind, ids=ids, at=timezone.now())
    transaction.on_commit(copy_out_or_leave)


def copy_out_or_leave() -> None:
    """Copy what waits; a full disk must not undo a stop that is committed. The sweep tries again."""
    try:
        copy_out()
    except OSError as problem:
        log.error("ledger_not_written", error=type(problem).__name__)


def copy_out() -> int:
    """Append every unwritten line to the file of this month; returns how many. Raises `OSError`."""
    written = 0
    while settings.LEDGER_FOLDER:
        with transaction.atomic():
            waiting = LedgerLine.objects.filter(written_at__isnull=True).order_by("pk")
            rows = list(waiting.select_for_update(skip_locked=True, no_key=True)[:BATCH])
            if not rows:
                return written
            now = timezone.now()
            _append(_file(now), b"".join(_line(row) for row in rows))
            LedgerLine.objects.filter(pk__in=[row.pk for row in rows]).update(written_at=now)
        written += len(rows)
    return written


def _file(now: datetime) -> Path:
    return Path(settings.LEDGER_FOLDER) / f"ledger-{now:%Y-%m}.txt"


def _line(row: LedgerLine) -> bytes:
    told = {"key": str(row.key), "kind": row.kind, "at": row.at.isoformat(), "ids": row.ids}
    return box().encrypt(json.dumps(told).encode()) + b"\n"


def _append(path: Path, data: bytes) -> None:
    """Whole lines or nothing, on the disk before anybody relies on them."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        before = os.fstat(handle).st_size
        try:
            if os.write(handle, data) != len(data):
                raise OSError("the disk is full")
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)


def read(*, since: datetime) -> Iterator[LedgerLine | None]:
    """Every line of the ledger since then, oldest first, not saved; None for one that no key opens."""
    for path in sorted(Path(settings.LEDGER_FOLDER or "/nowhere").glob("ledger-*.txt")):
        if path.stem < f"ledger-{since:%Y-%m}":
            continue
        with path.open("rb") as lines:
            for line in lines:
                row = _parsed(line.strip())
                if row is None or row.at >= since:
                    yield row


def _parsed(line: bytes) -> LedgerLine | None:
    try:
        told: dict[str, Any] = json.loads(box().decrypt(line))
        at = datetime.fromisoformat(told["at"])
        return LedgerLine(key=UUID(told["key"]), kind=told["kind"], ids=told["ids"], at=at)
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None
