"""The national annual return of a force, or of all, as the tables that are sent."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from itertools import product

from foundation.accounts.selectors import forces
from foundation.tables import HIDDEN_NOTE, INSIDE_NOTE, Cell, Hidden, Inside, Table
from reports.national.counting import TIMES
from reports.national.declared import TABLES, CountingUnit, ReturnTable
from reports.national.protecting import ALL, name_of, repeated
from reports.national.selectors import calls_of
from reports.periods import Period
from reports.scope import Scope
from reports.together import together

NOT_ENTERED = "Not entered"
Told = Callable[[Hashable], Cell]


@dataclass(frozen=True, slots=True)
class NationalReturn:
    """Three totals that are never added up, and the tables, each of one unit."""

    calls: Cell
    incidents: Cell
    individuals: Cell
    tables: tuple[Table, ...]


def national_return(scope: Scope, year: Period, *, whole: bool = False) -> NationalReturn:
    """The return of the incidents that were reported in a year from April, as it is sent.

    With `whole` small numbers are told, each marked as one that is not sent: for the page of the force that
    holds the records, never for a file or for what is kept.
    """
    told = partial(together(scope, year).told, whole=whole)
    calls, calls_table = _calls(scope, year)
    shown = tuple(_table(one, told) for one in TABLES)
    return NationalReturn(
        calls=calls,
        incidents=told((CountingUnit.INCIDENTS.value, ())),
        individuals=told((CountingUnit.INDIVIDUALS.value, ())),
        tables=(calls_table, *shown[:2], _repeat_table(told), *shown[2:]),
    )


def _table(table: ReturnTable, told: Told) -> Table:
    *row_dimensions, columns = table.dimensions
    words = [dict(one.words) | {ALL: "All"} for one in row_dimensions]
    # A row for each sex and one for all of them, under each risk or flag.
    choices = [
        [*one.words, ALL] if table.adds_up or at > 0 else [*one.words]
        for at, one in enumerate(row_dimensions)
    ]
    rows: list[tuple[Cell, ...]] = []
    for place in product(*choices):
        said = tuple(word[value] for word, value in zip(words, place, strict=True)) or ("All",)
        cells = (told(name_of(table, (*place, one))) for one in (*columns.words, ALL))
        rows.append((*said, *cells))
    firsts = tuple(one.label for one in row_dimensions) or ("",)
    headings = (*(one or "Which" for one in firsts), *columns.words.values(), "All")
    return _made(table.key, table.heading, headings, rows, table.note)


def _repeat_table(told: Told) -> Table:
    units = (CountingUnit.INDIVIDUALS, CountingUnit.INCIDENTS)
    rows: list[tuple[Cell, ...]] = [
        (label, *(told(repeated(unit, label)) for unit in units)) for label, _, _ in TIMES
    ]
    note = "Individuals and the incidents they had, side by side and never added to each other."
    return _made("repeat", "Repeats within the year", ("Reported", "Individuals", "Incidents"), rows, note)


def _calls(scope: Scope, year: Period) -> tuple[Cell, Table]:
    entered = sorted(calls_of(scope, year), key=lambda one: one.force.name)
    rows: list[tuple[Cell, ...]] = [(one.force.name, one.calls, one.source) for one in entered]
    total: Cell = sum(one.calls for one in entered) if entered else NOT_ENTERED
    note = "Calls are counted by each force elsewhere and entered here; a call is no incident."
    if scope.force_id is None:
        note += f" Forces that entered theirs: {len(entered)} of {forces().count()}."
    headings = ("Force", "Calls", "Source")
    return total, Table("calls", "Calls by force (calls)", headings, tuple(rows), f"{NOT_ENTERED}.", note)


def _made(key: str, title: str, headings: tuple[str, ...], rows: list[tuple[Cell, ...]], note: str) -> Table:
    kinds = {type(cell) for row in rows for cell in row}
    notes = (note, HIDDEN_NOTE if Hidden in kinds else "", INSIDE_NOTE if Inside in kinds else "")
    said = " ".join(one for one in notes if one)
    return Table(key, title, headings, tuple(rows), note=said)
