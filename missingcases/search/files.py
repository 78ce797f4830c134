"""Writing a file of incidents row by row. Cells that a spreadsheet would run are defused."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from foundation.clock import in_london
from foundation.files import storage
from foundation.table_files import defused
from missingcases import schemes
from missingcases.imports.values import readable
from missingcases.models import Incident

FOLDER = "exports"
Writer = Callable[[list[str]], Any]

COLUMNS: tuple[tuple[str, Callable[[Incident], Any]], ...] = (
    ("Reference", lambda row: row.reference),
    ("Force", lambda row: row.owner.name),
    ("Force reference", lambda row: row.force_reference),
    ("Given names", lambda row: row.person.given_names),
    ("Family name", lambda row: row.person.family_name),
    ("Date of birth", lambda row: row.person.date_of_birth),
    ("Age at report", lambda row: row.age_at_report),
    ("Sex", lambda row: row.person.get_sex_display()),
    ("Status", lambda row: schemes.status_label(row.scheme, row.status)),
    ("Risk", lambda row: schemes.risk_label(row.scheme, row.risk_level) if row.risk_level else ""),
    ("Reported", lambda row: row.reported_at),
    ("Last seen", lambda row: row.last_seen_at),
    ("Where last seen", lambda row: row.last_seen_place),
    ("Unit", lambda row: row.owner_unit.name if row.owner_unit else ""),
    ("Closed", lambda row: row.closed_at),
)


def heading() -> list[str]:
    """The first line."""
    return [name for name, _ in COLUMNS]


def cells(incident: Incident) -> list[str]:
    """One incident's line; times on the London clock."""
    return [_cell(read(incident)) for _, read in COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{in_london(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return defused(readable(str(value)))


@contextmanager
def opened(place: str, kind: str) -> Iterator[Writer]:
    """What writes one line into the file at `place`; neither kind is held in memory."""
    if kind == "xlsx":
        from openpyxl import Workbook  # a seventh of the time that every process takes to start

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Incidents")
        yield sheet.append
        book.save(storage.path_of(place))
        return
    # The mark at the beginning tells a spreadsheet that names are not in Latin letters alone.
    with storage.path_of(place).open("w", encoding="utf-8-sig", newline="") as target:
        yield csv.writer(target).writerow
