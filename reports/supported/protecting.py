"""Which numbers of closures a reader is not told. Pure.

The charity knows what it delivered, and is told of police records (how many were closed, how many of them had
nothing of it) no small number. Everybody else is told no small number of a service. A force knows besides how
many it closed and which of those had a text, an appeal or an alert: beside that no number may say how many
families were in contact with the charity.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations

from foundation.suppression import Sum, hidden
from reports.rules import Rules
from reports.supported.counting import Closures, Services
from reports.supported.delivered import CONFIDENTIAL, ORDER

NOTHING: Services = frozenset()
CLOSED, SUPPORTED = "closed", "supported"
SETS: tuple[Services, ...] = tuple(
    frozenset(one) for number in range(len(ORDER) + 1) for one in combinations(ORDER, number)
)
_NUMBERS = range(1, len(ORDER) + 1)


def counts_of(found: Closures) -> dict[Hashable, int]:
    """Every number by its name: a set of services, a service, how many services, `CLOSED`, `SUPPORTED`."""
    counts: dict[Hashable, int] = {one: found.sets[one] for one in SETS}
    counts |= {CLOSED: found.closed, SUPPORTED: found.supported}
    counts |= {service: found.with_service(service) for service in ORDER}
    return counts | {number: found.with_number(number) for number in _NUMBERS}


def away(found: Closures, rules: Rules) -> set[Hashable]:
    """The names of those that are not told."""
    if not rules.confidential:
        police = (found.closed, found.sets[NOTHING])
        return {CLOSED, NOTHING} if any(0 < one < rules.records for one in police) else set()
    counts = counts_of(found)
    gone, known = _solved(found, counts, rules)
    few = {cell for cell in known if counts[cell] < rules.confidential}
    more = set() if rules.records else _unexplained(found, counts, gone)
    return set(gone) | few | more | set(SETS[1:])


def _unexplained(found: Closures, counts: dict[Hashable, int], gone: frozenset[Hashable]) -> set[Hashable]:
    """Of how many services no number may be told, as it is more than the reader's own services and the told
    ones explain: it would say that there was one of those that are hidden.
    """
    told = sum(counts[one] for one in CONFIDENTIAL if one not in gone)
    own = {
        number: sum(found.sets[each] for each in SETS if len(each - CONFIDENTIAL) == number)
        for number in _NUMBERS
    }
    return {number for number in _NUMBERS if counts[number] > own[number] + told}


def _solved(
    found: Closures, counts: dict[Hashable, int], rules: Rules
) -> tuple[frozenset[Hashable], list[Hashable]]:
    """What the sums hide, and which of the numbers of the pages the reader knows without them."""
    given = [one for one in ORDER if one not in CONFIDENTIAL]
    helped = SETS[1:]
    sums = [
        Sum(CLOSED, (SUPPORTED, NOTHING)),
        Sum(SUPPORTED, helped),
        Sum(SUPPORTED, tuple(_NUMBERS)),
        *(Sum(one, tuple(each for each in helped if one in each)) for one in ORDER),
        *(Sum(number, tuple(each for each in helped if len(each) == number)) for number in _NUMBERS),
    ]
    extra: dict[Hashable, int] = {}
    for one in CONFIDENTIAL:
        extra["without", one] = found.closed - found.with_service(one)
        sums.append(Sum(CLOSED, (one, ("without", one))))
    known: list[Hashable] = []
    if not rules.records:
        known = [CLOSED, *given]
        for police in SETS:
            if not police & CONFIDENTIAL:
                parts = tuple(each for each in SETS if each - CONFIDENTIAL == police)
                extra["of police", police] = sum(found.sets[each] for each in parts)
                sums.append(Sum(("of police", police), parts))
    known_too = [*known, *(cell for cell in extra if cell[0] == "of police")]  # type: ignore[index]
    untold = [*helped, *(cell for cell in extra if cell not in known_too)]
    gone = hidden(counts | extra, sums, fewest=rules.confidential, untold=untold, known=known_too)
    return gone, known
