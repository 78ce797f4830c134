"""Closures supported, as tables and words: an association, in ranges, and nothing of what was saved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foundation.tables import HIDDEN_NOTE, Cell, Chart, Hidden, Series, Table
from reports.periods import Period
from reports.rules import NOT_TOLD, Rules, to_nearest
from reports.scope import Scope
from reports.supported.counting import closures
from reports.supported.delivered import LABELS, ORDER
from reports.supported.models import IncidentCost
from reports.supported.protecting import CLOSED, NOTHING, SETS, SUPPORTED, away, counts_of

_FIGURES_TOLD = 2


@dataclass(frozen=True, slots=True)
class Supported:
    """The figures of a period, as their reader may have them; without tables where none is told."""

    closed: Cell
    supported: Cell
    share: Cell
    tables: tuple[Table, ...]
    chart: Chart | None
    sentences: tuple[str, ...]


def supported(scope: Scope, period: Period, *, cost: IncidentCost | None, rules: Rules) -> Supported:
    """Count them as the reader of these rules is told them."""
    if not rules.tells_confidential:
        return Supported(None, None, None, (), None, (f"{NOT_TOLD}. Choose such a year.",))
    found = closures(scope, period, kept=rules.as_kept)
    fewest = rules.confidential or rules.records
    gone = away(found, rules)
    told: dict[Hashable, Cell] = {
        name: Hidden(fewest) if name in gone else to_nearest(count, rules.confidential_step)
        for name, count in counts_of(found).items()
    }
    closed, helped = told[CLOSED], told[SUPPORTED]
    tables = (_by_service(told, fewest), _by_number(told))
    return Supported(
        closed=closed,
        supported=helped,
        share=_share(helped, closed, fewest),
        # Sets are for the charity alone: of others' nearly every one is too small.
        tables=tables if rules.confidential else (*tables, _together(told)),
        chart=_chart(told),
        sentences=(
            _sentences(helped, closed, cost)
            if isinstance(helped, int) and isinstance(closed, int)
            else _too_small(fewest)
        ),
    )


def _by_service(told: Mapping[Hashable, Cell], fewest: int) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (LABELS[service], told[service], _share(told[service], told[CLOSED], fewest)) for service in ORDER
    ]
    note = "An incident that several services helped stands in several rows: they do not add up."
    return _table("services", "By service", ("Service", "Incidents", "Of a hundred closed"), rows, note)


def _by_number(told: Mapping[Hashable, Cell]) -> Table:
    rows: list[tuple[Cell, ...]] = [("No service", told[NOTHING])]
    for number in range(1, len(ORDER) + 1):
        rows.append((f"{number} service{'' if number == 1 else 's'}", told[number]))
    rows.append(("All that were closed", told[CLOSED]))
    note = "Each incident stands in one row."
    return _table("overlap", "How many services an incident had", ("Services", "Incidents"), rows, note)


def _together(told: Mapping[Hashable, Cell]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (" and ".join(LABELS[service] for service in ORDER if service in one), told[one])
        for one in SETS
        if one and told[one]
    ]
    note = "Each incident stands in one row."
    return _table("together", "Which services together", ("Services", "Incidents"), rows, note)


def _table(key: str, title: str, headings: tuple[str, ...], rows: list[tuple[Cell, ...]], note: str) -> Table:
    hides = any(isinstance(cell, Hidden) for row in rows for cell in row)
    said = f"{note} {HIDDEN_NOTE}" if hides else note
    return Table(key, title, headings, tuple(rows), "No closed incident had a service.", said)


def _chart(told: Mapping[Hashable, Cell]) -> Chart:
    values = tuple(_number(told[service]) for service in ORDER)
    known = [(count, LABELS[service]) for service, count in zip(ORDER, values, strict=True) if _is_int(count)]
    most = max(known, default=None, key=lambda one: int(str(one[0])))
    sentence = f"Most had {most[1]}: {most[0]}." if most and most[0] else "Nothing that can be told."
    labels = tuple(LABELS[service] for service in ORDER)
    return Chart(
        "by-service",
        "Closed incidents by service",
        sentence,
        labels,
        (Series("Incidents", values),),
        place="Service",
    )


def _number(cell: Cell) -> int | Hidden | None:
    return cell if isinstance(cell, int | Hidden) else None


def _is_int(cell: object) -> bool:
    return isinstance(cell, int)


def _share(count: Cell, of: Cell, fewest: int) -> Cell:
    """A percentage, of numbers that are both told."""
    if not isinstance(count, int) or not isinstance(of, int):
        return Hidden(fewest)
    return round(100 * count / of, 1) if of else None


def _too_small(fewest: int) -> tuple[str, ...]:
    return (f"Fewer than {fewest} are not told, nor what would give them away: there is no sum here.",)


def _sentences(helped: int, closed: int, cost: IncidentCost | None) -> tuple[str, ...]:
    if not closed:
        return ("No incident was closed in this period.",)
    said = (
        f"{helped:,} of {closed:,} incidents that were closed ({_share(helped, closed, 0)}%) had a service "
        "before the person was found. They went together; it does not say that the service found anybody."
    )
    return (said, _of_money(helped, cost)) if helped else (said,)


def _of_money(count: int, cost: IncidentCost | None) -> str:
    if cost is None:
        return "What an incident costs is not set, so nothing is reckoned. An administrator sets it."
    least, most = rounded(count * cost.least_pounds), rounded(count * cost.most_pounds)
    span = f"about £{least:,}" if least == most else f"between about £{least:,} and £{most:,}"
    return (
        f"At the cost of an incident that is set (£{cost.least_pounds:,} to £{cost.most_pounds:,} each, "
        f"prices of {cost.price_year}), investigations like these cost {span}. That is what they cost, not "
        "what was saved: nobody knows how each would have gone without the service."
    )


def rounded(pounds: int) -> int:
    """To two figures: more would be more than the cost of one incident is known to."""
    if pounds < 1:
        return 0
    places = len(str(pounds)) - _FIGURES_TOLD
    return pounds if places <= 0 else int(Decimal(pounds).scaleb(-places).to_integral_value()) * 10**places
