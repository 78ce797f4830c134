"""The charts of the report. Each says in one sentence what it shows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from foundation.suppression import Sum, hidden
from foundation.tables import Chart, Hidden, Series, said
from reports.cells.families import BY_NAME
from reports.figures.declared import ALL_AGES, Key
from reports.periods import Period
from reports.rules import Rules, to_nearest

Told = Mapping[Key, int | Hidden | None]
MOST_MONTHS = 24
_DRAWN = (
    ("risk", "risk", "Incidents by risk", "Risk"),
    ("duration", "duration", "From report to found", "Time"),
)


def charts(columns: Sequence[Told], periods: Sequence[Period]) -> tuple[Chart, ...]:
    """Bars of the period beside those of the same a year before."""
    return tuple(
        _bars(family, dimension, title, place, (columns[0], columns[-1]), (periods[0], periods[-1]))
        for family, dimension, title, place in _DRAWN
    )


def _bars(
    family: str,
    dimension: str,
    title: str,
    place: str,
    columns: Sequence[Told],
    periods: Sequence[Period],
) -> Chart:
    words = next(one.words for one in BY_NAME[family].dimensions if one.name == dimension)
    series = tuple(
        Series(str(period), tuple(column.get((family, code, ALL_AGES), 0) for code in words))
        for column, period in zip(columns, periods, strict=True)
    )
    labels = tuple(words.values())
    return Chart(f"bars-{family}", title, _sentence(labels, series[0]), labels, series, "bars", place)


def _sentence(labels: Sequence[str], first: Series) -> str:
    told = ", ".join(f"{label} {said(value)}" for label, value in zip(labels, first.values, strict=True))
    return f"{first.name}: {told}."


def by_month(lines: Sequence[tuple[str, Sequence[Period], Mapping[Period, int]]], rules: Rules) -> Chart:
    """A line for each period, month beside month."""
    series = tuple(
        Series(name, _told([counts[one] for one in months], rules)) for name, months, counts in lines
    )
    labels = tuple(f"{month.start:%b %y}" for month in lines[0][1])
    known = [value for value in series[0].values if isinstance(value, int)]
    between = f"between {min(known):,} and {max(known):,} a month" if known else "too few to be told"
    sentence = f"{lines[0][0]}: {between}. Beside it {lines[1][0]}."
    return Chart("months", "Incidents by month", sentence, labels, series, "lines", "Month")


def _told(counts: Sequence[int], rules: Rules) -> tuple[int | Hidden, ...]:
    """With the period's own total beside them, which is told."""
    fewest = rules.records
    there: dict[Hashable, int] = {at: count for at, count in enumerate(counts) if count}
    if not fewest or not there:
        return tuple(counts)
    whole: dict[Hashable, int] = {"all": sum(counts)}
    away = hidden(there | whole, [Sum("all", tuple(there))], fewest=fewest, cost=lambda one: one == "all")
    return tuple(
        Hidden(fewest) if at in away else to_nearest(count, rules.months_step)
        for at, count in enumerate(counts)
    )
