"""Which numbers of the return are not told, over all of its tables at once.

A number below five is hidden, and others with it until no table, nor any two of them, gives it away: totals
that stand in several tables are one cell. Pure.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from foundation.suppression import Sum, hidden
from foundation.tables import Cell, Hidden, Inside
from reports.national.declared import OF_PEOPLE, WIDE_BANDS, CountingUnit, ReturnTable
from reports.rules import to_nearest

FEWEST = 5  # domain.md section 9 (P)
ALL = "*"
_DEAR = 10**9
Values = tuple[str, ...]
Counts = Mapping[str, Mapping[Values, int]]
Repeats = Mapping[str, tuple[int, int]]  # label to people and their incidents


@dataclass(slots=True)
class Protected:
    """Every cell of every table, and which are hidden; the others are told to the nearest `step`."""

    counts: dict[Hashable, int] = field(default_factory=dict)
    sums: dict[str, list[Sum]] = field(default_factory=dict)
    away: set[Hashable] = field(default_factory=set)
    step: int = 1

    def told(self, key: Hashable, *, whole: bool = False) -> Cell:
        """A number as it stands in the return, or with `whole` as the force of the records reads it."""
        if key not in self.away:
            return to_nearest(self.counts[key], self.step)
        return Inside(self.counts[key]) if whole else Hidden(FEWEST)


def name_of(table: ReturnTable, values: Values) -> Hashable:
    """A cell's name. One that says a property of all incidents has the same name in every table."""
    known = tuple(
        (name, value)
        for name, value in zip((*table.rows, table.columns), values, strict=True)
        if value != ALL
    )
    shared = table.adds_up and not table.alone
    return (table.unit.value, known) if shared else (table.key, known)


def protect(
    tables: Iterable[ReturnTable],
    counts: Counts,
    repeats: Repeats,
    *,
    beside: Mapping[Hashable, int] | None = None,
    between: Iterable[Sum] = (),
    step: int = 1,
) -> Protected:
    """Lay every table out, and hide until nothing small can be worked out.

    Each table is protected by itself, and what that hides of a shared total is hidden in the others, until
    none changes any more: over all at once the sums are too many to be solved while somebody waits. `beside`
    are numbers that other pages tell of the same incidents, `between` the sums of those.
    """
    found = Protected(step=step)
    for table in tables:
        _lay_out(found, table, counts)
    _lay_out_repeats(found, repeats)
    if beside is not None:
        found.counts |= beside
        # A number may stand in no sum at all.
        found.away |= {cell for cell, count in beside.items() if count < FEWEST}
        found.sums |= {f"beside {at}": sums for at, sums in enumerate(_by_page(between))}
    parts = [_Part(one, found.counts) for sums in found.sums.values() for one in _apart(sums)]
    while True:
        before = len(found.away)
        for part in parts:
            found.away |= part.protected(found.away)
        _hide_in_pairs(found, repeats)
        if len(found.away) == before:
            return found


class _Part:
    """Sums that share cells, and what was hidden of them last: they are solved anew where others hid more."""

    def __init__(self, sums: list[Sum], counts: Mapping[Hashable, int]) -> None:
        self.sums = [one for one in sums if all(cell in counts for cell in one.cells)]
        self.counts = {cell: counts[cell] for one in self.sums for cell in one.cells}
        self.last: frozenset[Hashable] | None = None

    def protected(self, away: set[Hashable]) -> frozenset[Hashable]:
        """What is hidden of it, where all of `away` is."""
        secret = frozenset(away & self.counts.keys())
        if self.last is None or secret != self.last:
            self.last = hidden(self.counts, self.sums, fewest=FEWEST, secret=secret, cost=_cost)
        return self.last


def _by_page(sums: Iterable[Sum]) -> list[list[Sum]]:
    """Those of one page together; one that leads to another page, or to a table, by itself."""
    pages: dict[Hashable, list[Sum]] = {}
    for one in sums:
        names = {cell[0] for cell in one.cells}  # type: ignore[index]
        pages.setdefault(names.pop() if len(names) == 1 else one, []).append(one)
    return list(pages.values())


def _apart(sums: list[Sum]) -> list[list[Sum]]:
    """The sums in groups that have no cell in common."""
    groups: list[tuple[set[Hashable], list[Sum]]] = []
    for one in sums:
        cells, of = set(one.cells), [one]
        rest = []
        for others, their in groups:
            if cells & others:
                cells, of = cells | others, [*their, *of]
            else:
                rest.append((others, their))
        groups = [*rest, (cells, of)]
    return [of for _, of in groups]


def _lay_out_repeats(found: Protected, repeats: Repeats) -> None:
    """How many people were reported how often, and how many incidents that were, beside the totals."""
    for at, unit in enumerate((CountingUnit.INDIVIDUALS, CountingUnit.INCIDENTS)):
        parts = tuple(repeated(unit, label) for label in repeats)
        found.counts |= {repeated(unit, label): repeats[label][at] for label in repeats}
        found.sums[f"repeat {unit.value}"] = [Sum((unit.value, ()), parts)]


def repeated(unit: CountingUnit, label: str) -> Hashable:
    """The name of a cell of the table of repeats."""
    return (f"repeat {unit.value}", (("times", label),))


def _hide_in_pairs(found: Protected, repeats: Repeats) -> None:
    """Where people reported once are hidden, so are their incidents: it is the same number."""
    for label in repeats:
        pair = {repeated(unit, label) for unit in (CountingUnit.INDIVIDUALS, CountingUnit.INCIDENTS)}
        if pair & found.away:
            found.away |= pair


def _lay_out(found: Protected, table: ReturnTable, counts: Counts) -> None:
    """Every cell, with its sums along each dimension that adds up."""
    values = [tuple(one.words) for one in table.dimensions]
    sums: list[Sum] = []
    for place in product(*((*words, ALL) for words in values)):
        if not _stands(table, place):
            continue
        name = name_of(table, place)
        found.counts[name] = _count(table, counts, place)
        for at, value in enumerate(place):
            if value != ALL or not (table.adds_up or at > 0):
                continue
            parts = tuple(name_of(table, (*place[:at], part, *place[at + 1 :])) for part in values[at])
            sums.append(Sum(name, parts))
    found.sums[table.key] = sums + _of_bands(table)


def _of_bands(table: ReturnTable) -> list[Sum]:
    """That the wide bands of age are sums of the narrow ones, in the table that has both totals."""
    if table.columns != "age_band" or len(table.rows) > 1:
        return []
    unit = table.unit.value
    return [
        Sum((unit, (("age_group", wide),)), tuple((unit, (("age_band", one),)) for one in narrow))
        for wide, narrow in WIDE_BANDS.items()
    ]


def _stands(table: ReturnTable, place: Values) -> bool:
    """Whether a cell is in the table: where rows do not add up there is no total over the first of them."""
    return table.adds_up or place[0] != ALL


def _count(table: ReturnTable, counts: Counts, place: Values) -> int:
    if table.unit is CountingUnit.INDIVIDUALS:
        known = {
            name: value
            for name, value in zip((*table.rows, table.columns), place, strict=True)
            if value != ALL
        }
        return counts[OF_PEOPLE[tuple(known)]].get(tuple(known.values()), 0)
    return sum(
        count
        for values, count in counts[table.family].items()
        if all(wanted in {ALL, value} for wanted, value in zip(place, values, strict=True))
    )


def _cost(cell: Hashable) -> int:
    """Of what may be hidden beside a small number, totals come last: the fewer properties, the dearer."""
    properties: tuple[object, ...] = cell[1]  # type: ignore[index]
    return _DEAR // (1 + len(properties))
