"""Every force beside the last years: a table for each unit, protected as the return is (domain.md section 9).

One to four are not told; none is, as it is about nobody (ADR 112). What one table hides of a force in a year
the other hides too: few people had few incidents. All forces are told as the return tells them (ADR 121).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import timedelta

from foundation.accounts.models import Organisation
from foundation.accounts.selectors import forces
from foundation.suppression import Sum, hidden
from foundation.tables import HIDDEN_NOTE, Cell, Cells, Hidden, Table
from reports.cells import reading
from reports.cells.statements import FINANCIAL_YEAR
from reports.national.declared import CountingUnit
from reports.national.protecting import ALL, FEWEST
from reports.national.returning import NOT_ENTERED
from reports.national.selectors import calls_of
from reports.periods import Period, financial_year_of
from reports.rules import STEP, to_nearest
from reports.scope import Scope

YEARS = 5
_UNITS = (CountingUnit.INCIDENTS, CountingUnit.INDIVIDUALS)
_NOTES = {
    CountingUnit.INCIDENTS: "Of the force that owns them now.",
    CountingUnit.INDIVIDUALS: "Somebody whom two forces each hold a record of counts in both; a record whose "
    "incidents two forces own counts once in each and once in all.",
}
# The number of a force, or `ALL`.
Counts = Mapping[Hashable, int]


def years_to(last: Period) -> tuple[Period, ...]:
    """The years from April that stand side by side, the last of them the given one."""
    found = [last]
    while len(found) < YEARS:
        found.append(financial_year_of(found[-1].start - timedelta(days=1)))
    return tuple(reversed(found))


def tables_by_year(years: Sequence[Period]) -> tuple[Table, ...]:
    """Calls, incidents and individuals of every force, a column for each year."""
    counts = _counted(years)
    owners = {force for unit in _UNITS for year in years for force in counts[unit, year]} - {ALL}
    rows = list(Organisation.objects.filter(pk__in={*forces().values_list("pk", flat=True), *owners}))
    rows.sort(key=lambda one: one.name)
    away = {year: _hidden([counts[unit, year] for unit in _UNITS]) for year in years}
    names = [*((one.pk, one.name) for one in rows), (ALL, "All forces")]
    shown = []
    for unit in _UNITS:
        cells: list[Cells] = [
            (name, *(_told(key, counts[unit, year], away[year]) for year in years)) for key, name in names
        ]
        shown.append(_table(unit, years, cells, _NOTES[unit]))
    return (_calls(years, rows), *shown)


def _told(key: Hashable, counts: Counts, away: Collection[Hashable]) -> Cell:
    if key in away:
        return Hidden(FEWEST)
    return to_nearest(counts.get(key, 0), STEP if key == ALL else 1)


def _counted(years: Sequence[Period]) -> dict[tuple[CountingUnit, Period], Counts]:
    """By unit and year: the count of every force that has one, and of all."""
    families = [f"{unit.value}{by}" for unit in _UNITS for by in ("", "_by_force")]
    found = reading.counts(families, period=Period(years[0].start, years[-1].end), by=FINANCIAL_YEAR)
    counts: dict[tuple[CountingUnit, Period], Counts] = {}
    for unit in _UNITS:
        for year in years:
            each = found.by(f"{unit.value}_by_force", "force", on=year.start)
            of_forces: dict[Hashable, int] = {int(force): count for force, count in each.items()}
            counts[unit, year] = of_forces | {ALL: found.total(unit.value, on=year.start)}
    return counts


def _hidden(units: Sequence[Counts]) -> frozenset[Hashable]:
    """Which rows are not told in a year, the same in every unit. Individuals nearly add up."""
    away: frozenset[Hashable] = frozenset()
    while True:
        before = away
        for counts in units:
            some = {key: count for key, count in counts.items() if count}
            sums = [Sum(ALL, tuple(key for key in some if key != ALL))]
            sums = [one for one in sums if ALL in some and len(one.parts) > 1]
            away |= hidden(some, sums, fewest=FEWEST, secret=away & some.keys(), cost=_cost)
        if away == before:
            return away


def _cost(key: Hashable) -> int:
    """All forces together are told as long as anything else will do."""
    return int(key == ALL)


def _calls(years: Sequence[Period], rows: Sequence[Organisation]) -> Table:
    entered = {year: {one.force_id: one.calls for one in calls_of(Scope(), year)} for year in years}
    cells: list[Cells] = [
        (one.name, *(entered[year].get(one.pk, NOT_ENTERED) for year in years)) for one in rows
    ]
    totals: list[Cell] = [sum(entered[year].values()) if entered[year] else NOT_ENTERED for year in years]
    note = "Counted by each force elsewhere and entered here. All forces: those that entered theirs."
    return _table(CountingUnit.CALLS, years, [*cells, ("All forces", *totals)], note)


def _table(unit: CountingUnit, years: Sequence[Period], rows: Sequence[Cells], note: str) -> Table:
    headings = ("Force", *(f"{year.start.year}/{year.end.year % 100:02}" for year in years))
    hides = any(isinstance(cell, Hidden) for row in rows for cell in row)
    title = f"{unit.value.capitalize()} by force and year ({unit.value})"
    said = " ".join(one for one in (note, HIDDEN_NOTE if hides else "") if one)
    return Table(f"{unit.value}_by_force", title, headings, tuple(rows), note=said)
