"""Reading imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet

from foundation.actors import Actor
from foundation.table_files import defused
from missingcases.enums import TransferStatus
from missingcases.imports.checking import IGNORED, WRONG
from missingcases.imports.columns import columns
from missingcases.imports.known import KnownCodes
from missingcases.imports.models import BadRow, BatchStatus, ImportBatch
from missingcases.imports.policies import IMPORTERS
from missingcases.imports.readers import rows_of
from missingcases.imports.rows import MAX_COLUMNS
from missingcases.imports.storage import path_of
from missingcases.imports.values import readable
from missingcases.models import Incident, Transfer

STALLED_AFTER = timedelta(seconds=60)


def visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports of the actor's own force, for those who may import."""
    if not actor.holds(IMPORTERS) or actor.organisation_id is None:
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(organisation_id=actor.organisation_id)


def stalled(*, now: datetime) -> list[int]:
    """Unfinished imports on which nothing has moved for a minute."""
    rows = ImportBatch.objects.filter(
        status__in=[BatchStatus.WAITING, BatchStatus.RUNNING], updated_at__lt=now - STALLED_AFTER
    )
    return list(rows.values_list("pk", flat=True))


def stalled_starts(*, now: datetime) -> list[int]:
    """Confirmed imports not all started yet, on which nothing has moved for a minute."""
    rows = ImportBatch.objects.filter(
        confirmed_at__isnull=False, starts_done_at__isnull=True, updated_at__lt=now - STALLED_AFTER
    )
    return list(rows.values_list("pk", flat=True))


def already_here(batch: ImportBatch, references: list[str]) -> dict[str, int | None]:
    """The import that each reference came with, if any: of the force's own and of those it passed on."""
    passed_on = Transfer.objects.filter(
        from_organisation_id=batch.organisation_id,
        status=TransferStatus.ACCEPTED,
        incident__force_reference__in=references,
    ).values_list("incident__force_reference", "incident__imported_batch")
    own = Incident.objects.filter(owner_id=batch.organisation_id, force_reference__in=references)
    return dict(passed_on) | dict(own.values_list("force_reference", "imported_batch"))


def template_csv(organisation_id: int) -> str:
    """The published template: the columns' names and one example line."""
    table = columns(KnownCodes(organisation_id)).values()
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([column.name for column in table])
    writer.writerow([column.example for column in table])
    return stream.getvalue()


def error_file(batch: ImportBatch) -> Iterator[str]:
    """The bad rows as CSV lines: line, what is wrong, then the row's own cells, ready to be mended.

    Cells that a spreadsheet would take for a formula are defused with an apostrophe. Once the file is
    deleted only the lines and what was wrong with them are left.
    """
    faults = BadRow.objects.filter(batch=batch).order_by("line", "pk").iterator(chunk_size=1000)
    by_line = groupby(faults, key=lambda fault: fault.line)
    if not path_of(batch).exists():
        yield _line(["line", WRONG])
        for number, of_line in by_line:
            yield _line([str(number), _words(of_line)])
        return
    names = _names_in(batch)
    yield _line(["line", WRONG, *names])
    line, group = next(by_line, (None, None))
    for row in rows_of(path_of(batch), batch.kind):
        if line is None or group is None:
            return
        if row.line != line:
            continue
        yield _line([str(row.line), _words(group), *(row.cells.get(name) for name in names)])
        line, group = next(by_line, (None, None))


def _names_in(batch: ImportBatch) -> list[str]:
    """The columns of the file: of one without a header the template's, and what else bad rows name."""
    if batch.kind != "jsonl":
        for row in rows_of(path_of(batch), batch.kind):
            if row.cells:
                return [name for name in row.cells if name not in IGNORED]
        return []
    names = dict.fromkeys(columns(KnownCodes(batch.organisation_id)))
    unknown = BadRow.objects.filter(batch=batch).exclude(column__in=["", *names])
    for name in unknown.order_by("column").values_list("column", flat=True).distinct()[:MAX_COLUMNS]:
        names[name] = None
    return list(names)


def _words(faults: Iterable[BadRow]) -> str:
    return "; ".join(f"{fault.column} {fault.reason}".strip() for fault in faults)


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    return defused(readable(words))


def _line(cells: Iterable[object]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow([_cell(cell) for cell in cells])
    return stream.getvalue()
