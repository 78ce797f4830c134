"""Reading what is counted: exact at once, whether it is folded or not.

One statement, so that cells and deltas are of one moment. Where nothing waits to be folded (nearly always) it
is a look-up of cells; else what the waiting records count in now takes the place of what they counted in.
Areas, and periods that are not whole months, are counted from facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from reports.cells import reading_sql as statement
from reports.cells import statements as sql
from reports.cells.declared import NAME_ENDS, Family, Unit
from reports.cells.families import BY_NAME
from reports.periods import Period

Values = tuple[str, ...]
_APRIL = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: by family, values of its dimensions, and first day of the part of the period."""

    found: Mapping[tuple[str, Values, date | None], int] = field(default_factory=dict)

    def rows(self, family: str) -> dict[tuple[Values, date | None], int]:
        """All of one family."""
        return {(values, day): count for (name, values, day), count in self.found.items() if name == family}

    def total(self, family: str, *, on: date | None = None, **of: str) -> int:
        """The sum over the values that `of` leaves open. Of people that is a sum of distinct counts: each
        dimension of a family of people has to be given, or have one value a person."""
        places = {one.name: at for at, one in enumerate(BY_NAME[family].dimensions)}
        wanted = {places[name]: value for name, value in of.items()}
        return sum(
            count
            for (values, day), count in self.rows(family).items()
            if (on is None or day == on) and all(values[at] == value for at, value in wanted.items())
        )

    def by(self, family: str, dimension: str, *, on: date | None = None) -> dict[str, int]:
        """The sums by the values of one dimension; values without a record are not in it."""
        at = [one.name for one in BY_NAME[family].dimensions].index(dimension)
        found: Counter[str] = Counter()
        for (values, day), count in self.rows(family).items():
            if on is None or day == on:
                found[values[at]] += count
        return dict(found)

    def over_time(self, family: str) -> dict[date, int]:
        """The sums by part of the period."""
        found: Counter[date] = Counter()
        for (_, day), count in self.rows(family).items():
            if day is not None:
                found[day] += count
        return dict(found)


def counts(
    families: Iterable[str],
    *,
    period: Period,
    force_id: int | None = None,
    areas: tuple[int, ...] | None = None,
    by: str | None = None,
) -> Counts:
    """The counts of these families in the period, of a force or of all, within `areas` or everywhere.

    `by` cuts the period into months ("m"), quarters, years or financial years ("f"). Records and people are
    read apart, each in one statement.
    """
    asked = [BY_NAME[name] for name in families]
    found: dict[tuple[str, Values, date | None], int] = {}
    for unit in Unit:
        of_unit = [one for one in asked if one.unit is unit]
        if of_unit:
            found |= _read(of_unit, unit, _Asked(period, force_id, areas, by))
    return Counts(found)


def records(
    family: str,
    values: tuple[str | None, ...],
    *,
    period: Period,
    force_id: int | None = None,
    areas: tuple[int, ...] | None = None,
) -> list[int]:
    """The numbers of the records that one family counts under these values (None: any), each once."""
    one = BY_NAME[family]
    parts = [re.escape(value) if value is not None else "[^|]*" for value in values]
    given = {
        "families": [family],
        "name": f"^{re.escape(one.prefix)}{'[|]'.join(parts)}$",
        "scope": force_id or sql.ALL,
        "start": period.start,
        "end": period.end,
        "areas": list(areas or ()),
        "everywhere": areas is None,
    }
    return [int(row[0]) for row in _run(statement.records(one.unit), given)]


@dataclass(frozen=True, slots=True)
class _Asked:
    period: Period
    force_id: int | None
    areas: tuple[int, ...] | None
    by: str | None

    def grain(self, unit: Unit) -> str | None:
        """The grain of cells that answers it; None where only facts do."""
        if self.areas is not None or not self.period.is_of_months:
            return None
        if unit is Unit.PEOPLE:
            return self.by if self.by is not None else _one_cell(self.period)
        if self.by is None:
            return sql.FINANCIAL_YEAR if _is_of_financial_years(self.period) else sql.MONTH
        return self.by if self.by in sql.grains(unit) else None


def _is_of_financial_years(period: Period) -> bool:
    return period.start.month == period.end.month == _APRIL


def _one_cell(period: Period) -> str | None:
    """The grain of which the whole period is one cell, if there is one: people do not add up."""
    code = period.code
    if code.startswith("FY"):
        return sql.FINANCIAL_YEAR
    if ".." in code:
        return None
    return sql.QUARTER if "Q" in code else sql.MONTH if "-" in code else sql.YEAR


def _read(families: list[Family], unit: Unit, asked: _Asked) -> dict[tuple[str, Values, date | None], int]:
    grain = asked.grain(unit)
    values: dict[str, Any] = {
        "families": [one.name for one in families],
        "scope": asked.force_id or sql.ALL,
        "grain": grain,
        "start": asked.period.start,
        "end": asked.period.end,
        "areas": list(asked.areas or ()),
        "everywhere": asked.areas is None,
    }
    kept = grain is not None
    rows = _run(statement.cells() if kept else statement.facts(unit, asked.by), values)
    if rows and rows[-1][0] is None:
        whole = statement.cells_now(unit, grain or "") if kept else statement.facts_now(unit, asked.by)
        rows = _run(whole, values)
    found: Counter[tuple[str, Values, date | None]] = Counter()
    for name, day, count in rows:
        family = BY_NAME[name.split(NAME_ENDS)[0]]
        found[family.name, family.values_of(name), day if asked.by else None] += count
    return {place: count for place, count in found.items() if count}


def _run(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())
