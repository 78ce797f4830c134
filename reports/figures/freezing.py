"""A report as data that can be kept, and back; its digest; what changed since. Reads nothing but code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundation.tables import Cell, Chart, Hidden, Series, Table, said
from reports.figures.catalogue import BREAKDOWNS, FIGURES
from reports.figures.report import Report

_CODE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a snapshot shows."""

    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that reads otherwise now."""

    table: str
    row: str
    column: str
    then: str
    now: str


def content_of(report: Report) -> dict[str, Any]:
    """All that the report says."""
    return {
        "facts": [list(fact) for fact in report.facts],
        "lines": list(report.lines),
        "tables": [_table(one) for one in report.tables],
        "charts": [_chart(one) for one in report.charts],
    }


def thawed(content: dict[str, Any]) -> Frozen:
    """The same, to be shown."""
    return Frozen(
        tuple((label, value) for label, value in content["facts"]),
        tuple(content["lines"]),
        tuple(_as_table(one) for one in content["tables"]),
        tuple(_as_chart(one) for one in content["charts"]),
    )


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, keys in order and nothing between: the same wherever it is worked out."""
    spelt = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(spelt.encode()).hexdigest()


def definitions() -> dict[str, int]:
    """Every figure and breakdown with the version of its definition."""
    return {one.key: one.version for one in FIGURES} | {one.family: one.version for one in BREAKDOWNS}


@cache
def code_version() -> str:
    """The first signs of the digest of all code by which figures are counted and laid out."""
    whole = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        whole.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def changes(then: Frozen, now: Frozen) -> Iterator[Change]:
    """Every cell that reads otherwise, with a row that came or went as all of its cells."""
    later = {one.key: one for one in now.tables}
    for old in then.tables:
        new = later.get(old.key)
        rows = {said(row[0]): row for row in new.rows} if new else {}
        for row in old.rows:
            other = rows.pop(said(row[0]), None)
            yield from _row_changes(old, row, other)
        for name, row in rows.items():
            for at, cell in enumerate(row[1:], start=1):
                yield Change(
                    old.title, name, old.headings[at] if at < len(old.headings) else "", "", said(cell)
                )


def _row_changes(table: Table, row: tuple[Cell, ...], other: tuple[Cell, ...] | None) -> Iterator[Change]:
    for at, cell in enumerate(row[1:], start=1):
        after = said(other[at]) if other is not None and at < len(other) else "Not there"
        if said(cell) != after:
            yield Change(table.title, said(row[0]), table.headings[at], said(cell), after)


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Hidden):
        return {"fewer_than": cell.fewest}
    if cell is None or isinstance(cell, str | int):
        return cell
    raise TypeError(f"A {type(cell).__name__} is not kept: a frozen figure is a count or words.")


def _as_cell(kept: Any) -> Any:
    return Hidden(kept["fewer_than"]) if isinstance(kept, dict) else kept


def _table(one: Table) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "headings": list(one.headings),
        "rows": [[_cell(cell) for cell in row] for row in one.rows],
        "empty": one.empty,
        "note": one.note,
    }


def _as_table(kept: dict[str, Any]) -> Table:
    rows = tuple(tuple(_as_cell(cell) for cell in row) for row in kept["rows"])
    return Table(kept["key"], kept["title"], tuple(kept["headings"]), rows, kept["empty"], kept["note"])


def _chart(one: Chart) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "sentence": one.sentence,
        "labels": list(one.labels),
        "series": [[each.name, [_cell(value) for value in each.values]] for each in one.series],
        "kind": one.kind,
        "place": one.place,
    }


def _as_chart(kept: dict[str, Any]) -> Chart:
    series = tuple(
        Series(name, tuple(_as_cell(value) for value in values)) for name, values in kept["series"]
    )
    labels = tuple(kept["labels"])
    return Chart(kept["key"], kept["title"], kept["sentence"], labels, series, kept["kind"], kept["place"])
