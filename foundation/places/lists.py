"""Reading an official list of areas: a CSV of code, name, kind, parent and dates. Writes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foundation.places.models import AreaKind

COLUMNS = ("code", "name", "kind", "parent", "start", "end")
# From the top: an area lies within a kind that comes before its own, so there can be no circle.
ORDER = {kind: place for place, kind in enumerate(AreaKind.values)}
_GSS = re.compile(r"[A-Z]\d{8}")
_OWN = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one line. Line 1 is the heading; `column` is empty for the line as a whole."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line: an area, and one area it lay within for a time. An end is the first day no longer in it."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    starts_on: date | None
    ends_on: date | None
    parent_starts_on: date | None
    parent_ends_on: date | None

    @property
    def gss_code(self) -> str:
        """The national statistician's code, where the code is one."""
        return self.code if _GSS.fullmatch(self.code) else ""


class NotAList(ValueError):
    """The file is not a list of areas at all; the message says why."""


def read(content: bytes) -> tuple[list[Row], list[RowError]]:
    """The good lines and what is wrong with the others. Raises `NotAList`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAList("The file is not text in UTF-8.") from None
    lines = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or [])]
    if missing:
        raise NotAList(f"The first line must name the columns; missing: {', '.join(missing)}.")
    rows: list[Row] = []
    errors: list[RowError] = []
    try:
        for found in _each(lines):
            (rows if isinstance(found, Row) else errors).append(found)  # type: ignore[arg-type]
    except csv.Error as error:
        raise NotAList(f"The file cannot be read after line {lines.line_num}: {error}.") from None
    return rows, errors


def _each(lines: csv.DictReader[str]) -> Iterator[Row | RowError]:
    for values in lines:
        line = lines.line_num
        if None in values:
            yield RowError(line, "", "has more fields than the first line names")
            continue
        cells = {key: (value or "").strip() for key, value in values.items()}
        if any(cells.values()):
            yield _row(line, cells)


def _row(line: int, cells: dict[str, str]) -> Row | RowError:
    code, kind = cells["code"], cells["kind"].lower().replace(" ", "_")
    if not (_GSS.fullmatch(code) or _OWN.fullmatch(code)):
        return RowError(line, "code", "must be a GSS code (E09000001) or small letters, digits and hyphens")
    if not cells["name"] or len(cells["name"]) > 120:
        return RowError(line, "name", "must have 1 to 120 characters")
    if kind not in ORDER:
        return RowError(line, "kind", f"must be one of {', '.join(ORDER)}")
    dates: dict[str, date | None] = {}
    for column in ("start", "end", "parent_start", "parent_end"):
        try:
            dates[column] = _date(cells.get(column, ""))
        except ValueError:
            return RowError(line, column, "must be a date such as 2018-07-01")
    for first, last in (("start", "end"), ("parent_start", "parent_end")):
        begins, ends = dates[first], dates[last]
        if begins and ends and ends <= begins:
            return RowError(line, last, "must be after the start")
    return Row(
        line=line,
        code=code,
        name=cells["name"],
        kind=kind,
        parent=cells["parent"],
        starts_on=dates["start"],
        ends_on=dates["end"],
        parent_starts_on=dates["parent_start"] or dates["start"],
        parent_ends_on=dates["parent_end"] or dates["end"],
    )


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
