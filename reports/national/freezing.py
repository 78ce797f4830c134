"""A return as data that is kept, and back; its digest; what reads otherwise now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundation.tables import Cell, Hidden, Table, said
from reports.national.returning import NationalReturn

_COUNTED_BY = ("national", "cells", "periods.py", "scope.py")
_CODE = Path(__file__).resolve().parents[1]
_TOTALS = ("calls", "incidents", "individuals")


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that reads otherwise now."""

    table: str
    row: str
    column: str
    then: str
    now: str


def content_of(found: NationalReturn) -> dict[str, Any]:
    """All that a return says."""
    return {
        **{name: _cell(getattr(found, name)) for name in _TOTALS},
        "tables": [
            {
                "key": one.key,
                "title": one.title,
                "headings": list(one.headings),
                "rows": [[_cell(cell) for cell in row] for row in one.rows],
                "empty": one.empty,
                "note": one.note,
            }
            for one in found.tables
        ],
    }


def thawed(content: dict[str, Any]) -> NationalReturn:
    """The same, to be shown."""
    tables = tuple(
        Table(
            one["key"],
            one["title"],
            tuple(one["headings"]),
            tuple(tuple(_as_cell(cell) for cell in row) for row in one["rows"]),
            one["empty"],
            one["note"],
        )
        for one in content["tables"]
    )
    return NationalReturn(tables=tables, **{name: _as_cell(content[name]) for name in _TOTALS})


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, keys in order and nothing between: the same wherever it is worked out."""
    spelt = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(spelt.encode()).hexdigest()


@cache
def code_version() -> str:
    """The first signs of the digest of the code by which a return is counted and laid out."""
    whole = hashlib.sha256()
    for name in _COUNTED_BY:
        place = _CODE / name
        for path in [place] if place.suffix else sorted(place.rglob("*.py")):
            whole.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def changes(then: NationalReturn, now: NationalReturn) -> Iterator[Change]:
    """Every cell that reads otherwise; a row that is gone reads so in all of its cells."""
    later = {one.key: one for one in now.tables}
    for old in then.tables:
        new = later.get(old.key)
        words = [cell for cell in range(len(old.headings)) if not old.numeric[cell]] or [0]
        rows = {_name(row, words): row for row in new.rows} if new is not None else {}
        for row in old.rows:
            other = rows.get(_name(row, words), ())
            for at, cell in enumerate(row):
                after = said(other[at]) if at < len(other) else "Not there"
                if said(cell) != after:
                    yield Change(old.title, _name(row, words), old.headings[at], said(cell), after)


def _name(row: tuple[Cell, ...], words: list[int]) -> str:
    return ", ".join(said(row[at]) for at in words if at < len(row))


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Hidden):
        return {"fewer_than": cell.fewest}
    if cell is None or isinstance(cell, str | int):
        return cell
    raise TypeError(f"A {type(cell).__name__} is not kept: a return is counts and words.")


def _as_cell(kept: Any) -> Any:
    return Hidden(kept["fewer_than"]) if isinstance(kept, dict) else kept
