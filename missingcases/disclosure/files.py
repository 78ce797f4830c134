"""The disclosure log as CSV, line by line: what was shared, with whom, why, on what basis; not the words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from foundation.clock import in_london
from foundation.table_files import defused
from missingcases.disclosure.selectors import Told
from missingcases.imports.values import readable

COLUMNS: tuple[tuple[str, Callable[[Told], Any]], ...] = (
    ("Reference", lambda one: one.release.reference),
    ("Decided", lambda one: one.release.decided_at),
    ("State", lambda one: one.release.get_status_display()),
    ("Incident", lambda one: one.release.incident.reference if one.release.incident else ""),
    ("Shared with", lambda one: one.release.to_organisation.name),
    ("Desk", lambda one: one.release.desk),
    ("Person", lambda one: one.release.to_user.full_name if one.release.to_user else ""),
    ("Kind", lambda one: one.release.get_kind_display()),
    ("What was shared", lambda one: ", ".join(one.release.field_names)),
    ("Purpose", lambda one: one.release.purpose),
    ("Lawful basis", lambda one: one.release.get_lawful_basis_display()),
    ("Ground", lambda one: one.release.get_ground_display()),
    ("Agreement", lambda one: one.release.agreement.reference if one.release.agreement else ""),
    ("Outside an agreement because", lambda one: one.release.override_reason),
    ("Why", lambda one: one.release.reason),
    ("Written by", lambda one: one.release.author.full_name if one.release.author else "The service"),
    ("Decided by", lambda one: one.release.decided_by.full_name if one.release.decided_by else "The service"),
    ("First read", lambda one: one.first_read_at),
    ("Times read", lambda one: one.times_read),
    ("Acknowledged", lambda one: one.release.acknowledged_at),
    ("Until", lambda one: one.release.expires_at),
    ("Taken back", lambda one: one.release.revoked_at),
)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Told]) -> Iterator[str]:
    """The heading, and one line for each release; cells that a spreadsheet would run are defused."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([name for name, _ in COLUMNS])
    for row in rows:
        yield writer.writerow([_cell(read(row)) for _, read in COLUMNS])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{in_london(value):%Y-%m-%d %H:%M}"
    return defused(readable(str(value)))
