"""The tables of the report: every figure beside its comparisons and what was published; then breakdowns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foundation.tables import HIDDEN_NOTE, Cell, Cells, Hidden, Table
from reports.cells.families import BY_NAME
from reports.figures.catalogue import BREAKDOWNS, FIGURES
from reports.figures.declared import ALL_AGES, Breakdown, Figure, Key, Part
from reports.periods import Period
from reports.rules import NOT_TOLD

Told = Mapping[Key, int | Hidden | None]
_TURN_OF_A_HUNDRED = 100
NO_COUNTERPART = "No counterpart here"


def tables(columns: Sequence[Told], periods: Sequence[Period]) -> tuple[Table, ...]:
    """All of them, in the order they are read in."""
    return (
        _figures(columns, periods),
        _published(columns[0], periods[0]),
        *(_broken_down(one, columns, periods) for one in BREAKDOWNS),
        _definitions(),
    )


def _figures(columns: Sequence[Told], periods: Sequence[Period]) -> Table:
    rows: list[Cells] = []
    for figure in FIGURES:
        for part in figure.parts:
            label = figure.title if len(figure.parts) == 1 else f"{figure.title}: {part.label.lower()}"
            rows.append((label, *(value(column, part) for column in columns)))
    headings = ("Figure", *(str(period) for period in periods))
    return Table("figures", "Figures", headings, tuple(rows), note=_note(rows))


def value(column: Told, part: Part) -> Cell:
    """A count as it is; a share as "12 of 340 (3.5%)", told only where both numbers are."""
    count = column.get(part.key)
    if count is None:
        return NOT_TOLD
    if part.among is None or isinstance(count, Hidden):
        return count
    whole = column.get(part.among)
    if not isinstance(whole, int) or not whole:
        return count
    return f"{count:,} of {whole:,} ({_TURN_OF_A_HUNDRED * count / whole:.1f}%)"


def _published(column: Told, period: Period) -> Table:
    """What was published, with whose count it is, beside what is counted here."""
    rows: list[Cells] = []
    for figure in FIGURES:
        parts = {part.label: part for part in figure.parts}
        for one in figure.published:
            ours = value(column, parts[one.beside]) if one.beside else NO_COUNTERPART
            rows.append((figure.title, one.words, one.of, one.source, ours))
    headings = ("Figure", "Published", "What it counts", "Source", f"Here, {period}")
    note = "Published figures stand as they were published. Those that differ are not reconciled."
    return Table(
        "published", "What was published", headings, tuple(rows), note=f"{note} {_note(rows)}".strip()
    )


def _broken_down(one: Breakdown, columns: Sequence[Told], periods: Sequence[Period]) -> Table:
    words = next(by.words for by in BY_NAME[one.family].dimensions if by.name == one.dimension)
    others = sorted(
        {str(key[1]) for column in columns for key in column if key[0] == one.family and key[1] not in words}
    )
    rows: list[Cells] = []
    for code in (*words, *others):
        counts = [column.get((one.family, code, ALL_AGES), 0) for column in columns]
        if any(counts) or not one.is_many:
            rows.append((words.get(code, code), *counts))
    if not one.is_many:
        rows.append(("All", *(column.get(("incidents", ALL_AGES)) for column in columns)))
    headings = (one.title, *(str(period) for period in periods))
    note = " ".join(part for part in (one.note, _note(rows)) if part)
    return Table(one.family, one.heading, headings, tuple(rows), "No incident was reported.", note)


def _definitions() -> Table:
    rows = tuple((one.title, one.unit, _said(one), one.source, f"Version {one.version}") for one in FIGURES)
    headings = ("Figure", "Unit", "What it counts", "From", "Definition")
    return Table("definitions", "Definitions", headings, rows)


def _said(one: Figure) -> str:
    return f"{one.definition} {one.cannot}".strip()


def _note(rows: Sequence[Cells]) -> str:
    return HIDDEN_NOTE if any(isinstance(cell, Hidden) for row in rows for cell in row) else ""
