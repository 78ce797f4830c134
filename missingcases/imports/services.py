"""Bringing a file in, chunk by chunk.

Each chunk commits with the line it reached, so that a kill loses nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states import move
from missingcases.enums import OPEN
from missingcases.imports import policies, readers, selectors
from missingcases.imports.checking import IGNORED, Fault, Values, check_header, check_row, mended
from missingcases.imports.columns import Column, columns
from missingcases.imports.kick import kick_run
from missingcases.imports.known import KnownCodes
from missingcases.imports.landing import Periods, land, scheme_periods
from missingcases.imports.models import BadRow, BatchStatus, ImportBatch
from missingcases.imports.rows import BadFile, Row
from missingcases.imports.states import BATCH
from missingcases.imports.storage import delete_file, path_of, store
from missingcases.imports.values import readable
from missingcases.models import Incident

log = structlog.get_logger(__name__)

CHUNK = 1000
_TWICE = "stands in this file more than once; the first row was taken"
_NOT_KEPT = Fault("", "The row could not be kept. Tell the administrator its line.")
# Long enough to mend what was wrong; what landed is in the record.
KEEP_FILE = timedelta(days=30)
IMPORTER = Actor.system("imports.run")
Checked = tuple[Row, Values, list[Fault]]


def receive_file(
    *, actor: Actor, organisation_id: int, name: str, content: BinaryIO, is_dry_run: bool, kick: bool = True
) -> ImportBatch:
    """Store an uploaded file below MEDIA_ROOT and, with `kick`, start its import in a worker.

    Raises `Refused`, or `BadFile` for an ending that is not taken; nothing is stored then.
    """
    require(policies.may_import(actor, organisation_id))
    kind = readers.kind_of(name)
    stored = store(content, kind)
    batch = _open_batch(actor, organisation_id, Path(name).name, stored, kind, is_dry_run)
    if kick:
        kick_run(batch.pk)
    return batch


@transaction.atomic
def _open_batch(
    actor: Actor, organisation_id: int, name: str, stored: str, kind: str, is_dry_run: bool
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        organisation_id=organisation_id,
        uploaded_by_id=actor.user_id,
        file_name=name[:200],
        stored_as=stored,
        kind=kind,
        is_dry_run=is_dry_run,
    )
    audit.record(actor=actor, action="import.received", target=batch, on_behalf_of_id=organisation_id)
    return batch


def run(*, batch_id: int) -> ImportBatch:
    """Bring the batch in from the line it had reached; a second run beside the first does nothing twice."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.status not in {BatchStatus.WAITING, BatchStatus.RUNNING}:
        return batch
    try:
        batch = _begin(batch)
        table = columns(KnownCodes(batch.organisation_id))
        periods = scheme_periods(batch.organisation_id)
        for chunk in _chunks(batch, table):
            if not _take(batch.pk, chunk, periods):
                return ImportBatch.objects.get(pk=batch_id)
        return _finish(batch)
    except BadFile as bad:
        now = timezone.now()
        return move(
            batch,
            BATCH,
            BatchStatus.FAILED,
            actor=IMPORTER,
            changes={"problem": str(bad)[:300], "finished_at": now},
        )


def _begin(batch: ImportBatch) -> ImportBatch:
    if not path_of(batch).exists():
        raise BadFile("The file is no longer stored. Upload it again; rows that landed stay as they are.")
    if batch.total is None:
        total = sum(1 for _ in readers.rows_of(path_of(batch), batch.kind))
        ImportBatch.objects.filter(pk=batch.pk).update(total=total, updated_at=timezone.now())
        batch.refresh_from_db()
    if batch.status == BatchStatus.WAITING:
        return move(batch, BATCH, BatchStatus.RUNNING, actor=IMPORTER)
    return batch


def _chunks(batch: ImportBatch, table: dict[str, Column]) -> Iterator[list[Checked]]:
    rows = readers.rows_of(path_of(batch), batch.kind)
    first = next(rows, None)
    if first is None:
        raise BadFile("The file holds no rows below its first line.")
    if batch.kind != "jsonl":
        check_header(first.cells or table, table)
    todo = (row for row in _again(first, rows) if row.line > batch.position)
    while chunk := list(islice(todo, CHUNK)):
        yield [_check(row, table) for row in chunk]


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _check(row: Row, table: dict[str, Column]) -> Checked:
    if row.problem:
        return row, {}, [Fault("", row.problem)]
    unknown = sorted(set(row.cells) - set(table) - IGNORED)
    if unknown:
        return row, {}, [Fault(readable(unknown[0])[:60], "is no column of the template")]
    found, faults = check_row(mended(row.cells), table, timezone.now())
    return row, found, faults


@transaction.atomic
def _take(batch_id: int, chunk: list[Checked], periods: Periods) -> bool:
    """Land one chunk; False where another worker has taken it meanwhile."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.status != BatchStatus.RUNNING or chunk[0][0].line <= batch.position:
        return False
    references = [found["force_reference"] for _, found, faults in chunk if not faults]
    existing = selectors.already_here(batch, references)
    new: dict[str, tuple[Row, Values]] = {}
    bad: list[tuple[Row, list[Fault]]] = []
    for row, found, faults in chunk:
        reference = found.get("force_reference", "")
        if faults:
            bad.append((row, faults))
        elif reference in new or existing.get(reference) == batch.pk:
            bad.append((row, [Fault("force_reference", _TWICE)]))
        elif reference in existing:
            batch.unchanged += 1
        else:
            new[reference] = row, found
    _refuse(batch, bad)
    _land(batch, list(new.values()), periods)
    batch.position = chunk[-1][0].line
    batch.save(update_fields=["position", "created", "unchanged", "bad", "held", "updated_at"])
    return True


def _refuse(batch: ImportBatch, rows: list[tuple[Row, list[Fault]]]) -> None:
    BadRow.objects.bulk_create(
        (
            BadRow(batch=batch, line=row.line, column=one.column, reason=one.reason[:300])
            for row, faults in rows
            for one in faults
        ),
        ignore_conflicts=True,
    )
    batch.bad += len(rows)


def _land(batch: ImportBatch, rows: list[tuple[Row, Values]], periods: Periods) -> None:
    """Land the rows together; one by one where the database refuses one of them."""
    if batch.is_dry_run:
        batch.created += len(rows)
        batch.held += sum(found["status"] in OPEN for _, found in rows)
        return
    try:
        _land_all(batch, [found for _, found in rows], periods)
    except (DatabaseError, ValueError) as error:
        if len(rows) > 1:
            for one in rows:
                _land(batch, [one], periods)
            return
        log.error("row_not_kept", batch_id=batch.pk, line=rows[0][0].line, error=type(error).__name__)
        _refuse(batch, [(rows[0][0], [_NOT_KEPT])])


def _land_all(batch: ImportBatch, rows: list[Values], periods: Periods) -> None:
    if not rows:
        return
    with transaction.atomic():
        landed = land(batch, rows, periods)
        audit.record(
            actor=IMPORTER,
            action="incident.imported",
            target=Incident,
            target_ids=landed.incident_ids,
            on_behalf_of_id=batch.organisation_id,
        )
    batch.created += len(rows)
    batch.held += landed.held


def _finish(batch: ImportBatch) -> ImportBatch:
    return move(batch, BATCH, BatchStatus.DONE, actor=IMPORTER, changes={"finished_at": timezone.now()})


def forget_files() -> int:
    """Delete the files of imports that ended `KEEP_FILE` ago; what landed and what was wrong stays listed."""
    ended = ImportBatch.objects.filter(finished_at__lte=timezone.now() - KEEP_FILE)
    gone = [batch.pk for batch in ended.iterator(chunk_size=200) if delete_file(batch)]
    if gone:
        audit.record(
            actor=IMPORTER,
            action="import.files_deleted",
            target=ImportBatch,
            target_ids=gone,
            fields=["stored_as"],
        )
    return len(gone)
