"""Tables and charts as data that is kept, and back; the digest of what is kept; what reads otherwise now.

Reports and the national return are kept in this one way. Pure, but that the code's own files are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundation.tables import Cell, Chart, Hidden, Series, Table, said

NOT_THERE = "Not there"
_CODE = Path(__file__).resolve().parent
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that reads otherwise now."""

    table: str
    row: str
    column: str
    then: str
    now: str


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, keys in order and nothing between: the same wherever it is worked out."""
    spelt = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(spelt.encode()).hexdigest()


@cache
def code_version(*places: str) -> str:
    """The first signs of the digest of the code in these files and folders of `reports`; none: all of it."""
    whole = hashlib.sha256()
    for place in [_CODE / name for name in places] or [_CODE]:
        for path in [place] if place.suffix else sorted(place.rglob("*.py")):
            whole.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def changes(then: Iterable[Table], now: Iterable[Table]) -> Iterator[Change]:
    """Every cell that reads otherwise; a row that came or went reads so in all of its cells."""
    later = {one.key: one for one in now}
    for old in then:
        new = later.get(old.key)
        names = _naming(old)
        rows = {_name(row, names): row for row in new.rows} if new is not None else {}
        for row in old.rows:
            name = _name(row, names)
            yield from _row_changes(old, name, names, row, rows.pop(name, ()))
        for name, row in rows.items():
            yield from _row_changes(old, name, names, (), row)


def _naming(table: Table) -> tuple[int, ...]:
    """The columns that tell a row from the others: the first, or where it repeats itself all of words."""
    firsts = [said(row[0]) for row in table.rows]
    if len(set(firsts)) == len(firsts):
        return (0,)
    return tuple(at for at, numbers in enumerate(table.numeric) if not numbers) or (0,)


def _name(row: Row, names: tuple[int, ...]) -> str:
    return ", ".join(said(row[at]) for at in names if at < len(row))


def _row_changes(table: Table, name: str, names: tuple[int, ...], old: Row, new: Row) -> Iterator[Change]:
    for at, column in enumerate(table.headings):
        before, after = (said(row[at]) if at < len(row) else NOT_THERE for row in (old, new))
        if at not in names and before != after:
            yield Change(table.title, name, column, before, after)


def kept_cell(cell: Cell) -> Any:
    """A cell as data. Raises `TypeError` where it is neither a count nor words."""
    if isinstance(cell, Hidden):
        return {"fewer_than": cell.fewest}
    if cell is None or isinstance(cell, str | int):
        return cell
    raise TypeError(f"A {type(cell).__name__} is not kept: a frozen figure is a count or words.")


def as_cell(kept: Any) -> Any:
    """What `kept_cell` made."""
    return Hidden(kept["fewer_than"]) if isinstance(kept, dict) else kept


def kept_table(one: Table) -> dict[str, Any]:
    """A table as data."""
    return {
        "key": one.key,
        "title": one.title,
        "headings": list(one.headings),
        "rows": [[kept_cell(cell) for cell in row] for row in one.rows],
        "empty": one.empty,
        "note": one.note,
    }


def as_table(kept: dict[str, Any]) -> Table:
    """What `kept_table` made."""
    rows = tuple(tuple(as_cell(cell) for cell in row) for row in kept["rows"])
    return Table(kept["key"], kept["title"], tuple(kept["headings"]), rows, kept["empty"], kept["note"])


def kept_chart(one: Chart) -> dict[str, Any]:
    """A chart as data."""
    return {
        "key": one.key,
        "title": one.title,
        "sentence": one.sentence,
        "labels": list(one.labels),
        "series": [[each.name, [kept_cell(value) for value in each.values]] for each in one.series],
        "kind": one.kind,
        "place": one.place,
    }


def as_chart(kept: dict[str, Any]) -> Chart:
    """What `kept_chart` made."""
    series = tuple(Series(name, tuple(as_cell(value) for value in values)) for name, values in kept["series"])
    labels = tuple(kept["labels"])
    return Chart(kept["key"], kept["title"], kept["sentence"], labels, series, kept["kind"], kept["place"])
