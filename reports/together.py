"""All that is told of a scope and a year from April, protected as one.

The national unit reads the return, what is missing of it, the partnership report and the learning review of
the same incidents. What one of them hides so that a small number cannot be worked out, another would tell:
so their numbers stand in one system, and numbers that are the same on two pages are hidden on both. Of
numbers that are nearly the same (the last grading and the risk as it stands; those of closed incidents among
all) that is so as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from django.utils import timezone

from foundation.suppression import Sum
from missingcases.enums import Outcome
from reports.cells.families import BY_NAME
from reports.figures.catalogue import BREAKDOWNS
from reports.figures.counting import is_confidential, numbers
from reports.figures.declared import AGES, ALL_AGES
from reports.figures.protecting import among
from reports.learning.counting import paths
from reports.learning.outcomes import LEVELS, UNGRADED, Result
from reports.learning.review import cells_of
from reports.national.checking import missing
from reports.national.counting import counted
from reports.national.declared import TABLES, WIDE_BANDS, CountingUnit
from reports.national.protecting import Protected, Values, protect
from reports.periods import Period
from reports.rules import year_step
from reports.scope import Scope

REPORT, LEARNING, CHECK = "report", "learning", "check"
_OF_TABLES = {"harm": "harm", "flags": "vulnerability"}  # breakdowns that do not add up, by their table
_INCIDENTS, _PEOPLE = CountingUnit.INCIDENTS.value, CountingUnit.INDIVIDUALS.value
# What is missing of all incidents, by the number of the return that says it too.
_MISSING: Mapping[str, tuple[str, tuple[Values, ...]]] = {
    "age": (_INCIDENTS, (("age_group", "not_known"),)),
    "sex": (_INCIDENTS, (("sex", "not_known"),)),
    "ethnicity": (_INCIDENTS, (("ethnicity", "not_recorded"),)),
    "risk": (_INCIDENTS, (("risk", "not_graded"),)),
    "care": (_INCIDENTS, (("looked_after", "not_known"), ("age_group", "child"))),
    "open": (_INCIDENTS, (("duration", "still"),)),
    "finder": (_INCIDENTS, (("found_by", "unknown"),)),
    "harm": ("harm", (("harm", "not_recorded"),)),
    "death": ("fatal", (("death", "not_recorded"),)),
    "distance": (_INCIDENTS, (("distance", "not_known"),)),
}


def together(scope: Scope, year: Period) -> Protected:
    """Every number of the four pages: the return's by its own names, the others' by page and key."""
    found = counted(scope, year)
    beside, between = _report(scope, year)
    for more, sums_of in (_learning(scope, year), _checks(scope, year)):
        beside |= more
        between += sums_of
    return protect(
        TABLES,
        found.families,
        found.repeats,
        beside=beside,
        between=[*between, *_same()],
        step=year_step(scope),
    )


def hidden_of(page: str, scope: Scope, year: Period) -> frozenset[Hashable]:
    """The keys of one page that are not told."""
    away = together(scope, year).away
    return frozenset(cell[1] for cell in away if cell[0] == page)  # type: ignore[index]


def _report(scope: Scope, year: Period) -> tuple[dict[Hashable, int], list[Sum]]:
    found = numbers(year, scope.force_id, None)
    police: dict[Hashable, int] = {
        (REPORT, key): count
        for key, count in found.items()
        if not is_confidential(key) and key[0] != "new_appeals"
    }
    return police, [
        Sum((REPORT, one.total), tuple((REPORT, part) for part in one.parts)) for one in among(found)
    ]


def _learning(scope: Scope, year: Period) -> tuple[dict[Hashable, int], list[Sum]]:
    cells = cells_of(paths(scope, year))
    return {(LEARNING, key): count for key, count in cells.counts.items()}, [
        Sum((LEARNING, one.total), tuple((LEARNING, part) for part in one.parts)) for one in cells.sums
    ]


def _checks(scope: Scope, year: Period) -> tuple[dict[Hashable, int], list[Sum]]:
    counts = missing(scope, year, now=timezone.now())
    return {(CHECK, (key,)): count for key, count in counts.items()}, []


def _same() -> list[Sum]:
    """Each number of one page with that of another which is the same, or nearly so."""
    pairs: list[tuple[Hashable, Hashable]] = [
        ((CHECK, (key,)), (unit, properties)) for key, (unit, properties) in _MISSING.items()
    ]
    for key, unit in (("incidents", _INCIDENTS), ("individuals", _PEOPLE)):
        pairs.append(((REPORT, (key, ALL_AGES)), (unit, ())))
        pairs += [((REPORT, (key, age)), (unit, (("age_group", age),))) for age in AGES]
    pairs += _of_breakdowns()
    pairs += [
        ((LEARNING, ("total", ALL_AGES)), (_INCIDENTS, ())),
        ((LEARNING, ("total", Result.FATAL.value)), ("fatal", ())),
        ((REPORT, ("outcome", Outcome.LOCATED_DECEASED.value, ALL_AGES)), ("fatal", ())),
        ((LEARNING, ("total", Result.OPEN.value)), (REPORT, ("outcome", "none", ALL_AGES))),
    ]
    for level in LEVELS:
        risk = "not_graded" if level == UNGRADED else level
        pairs.append(((LEARNING, ("last", level, ALL_AGES)), (_INCIDENTS, (("risk", risk),))))
    return [*(Sum(one, (other,)) for one, other in pairs), *_of_bands()]


def _of_breakdowns() -> list[tuple[Hashable, Hashable]]:
    pairs: list[tuple[Hashable, Hashable]] = []
    for one in BREAKDOWNS:
        unit = _OF_TABLES.get(one.family, _INCIDENTS)
        for value in _words(one.family, one.dimension):
            known = ((one.dimension, value),)
            pairs.append(((REPORT, (one.family, value, ALL_AGES)), (unit, known)))
            pairs += [
                ((REPORT, (one.family, value, age)), (unit, (*known, ("age_group", age)))) for age in AGES
            ]
    return pairs


def _of_bands() -> list[Sum]:
    """The report tells each risk by wide bands of age, the return by narrow ones."""
    return [
        Sum(
            (REPORT, ("risk", value, wide)),
            tuple((_INCIDENTS, (("risk", value), ("age_band", band))) for band in narrow),
        )
        for value in _words("risk", "risk")
        for wide, narrow in WIDE_BANDS.items()
    ]


def _words(family: str, dimension: str) -> tuple[str, ...]:
    return tuple(next(one.words for one in BY_NAME[family].dimensions if one.name == dimension))
