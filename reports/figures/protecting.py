"""Which numbers of a period a reader is not told, by their rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping

from foundation.suppression import Sum, hidden
from foundation.tables import Hidden
from reports.figures.catalogue import FIGURES
from reports.figures.counting import FLAGS_OF_PEOPLE, Numbers, is_confidential, sums
from reports.figures.declared import AGES, ALL_AGES, Key
from reports.rules import Rules, to_nearest
from reports.supported import protecting as closing
from reports.supported.counting import Closures

_SHOWN = frozenset(key for one in FIGURES for part in one.parts for key in (part.key, part.among))
_RESTS = frozenset({"not_offered", "not_accepted", "late", "not_held", "trafficked_elsewhere"})
_OWED, _APPEALS = ("interviews", "owed"), ("new_appeals",)
# How many interviews were owed is of police records, and so is how many of them nothing came of.
_NOTHING_CAME = (("not_offered",), ("late",))
_CLOSURES: Mapping[Key, Hashable] = {
    ("closures", ALL_AGES): closing.CLOSED,
    ("closures", "supported"): closing.SUPPORTED,
    ("closures", "alone"): closing.NOTHING,
}


def told(
    counted: Numbers, rules: Rules, away: Collection[Hashable] | None = None
) -> dict[Key, int | Hidden | None]:
    """Every number as the reader may have it: itself, hidden as small, or None where it is not told.

    `away` are those of police records that are hidden with what other pages tell (`reports.together`).
    """
    found: dict[Key, int | Hidden | None] = dict(counted)
    police = {key: count for key, count in counted.items() if count and not is_confidential(key)}
    if rules.records:
        gone = _away(police, rules.records) if away is None else {key for key in counted if key in away}
        gone |= {_APPEALS} if 0 < counted.get(_APPEALS, 0) < rules.records else set()
        found |= dict.fromkeys(gone, Hidden(rules.records))
    theirs = {key: count for key, count in counted.items() if is_confidential(key)}
    records = police.keys() - {_APPEALS}  # appeals are public: who counts them finds how many
    found |= _rounded(found, records, rules.step)
    if not rules.tells_confidential:
        return found | dict.fromkeys(theirs, None)
    if gone := _in_confidence(theirs, rules):
        found |= dict.fromkeys(gone, Hidden(rules.confidential or rules.records))
    return found | _rounded(found, theirs, rules.confidential_step)


def _rounded(found: Mapping[Key, int | Hidden | None], keys: Collection[Key], step: int) -> dict[Key, int]:
    return {key: to_nearest(one, step) for key in keys if isinstance(one := found[key], int)}


def _in_confidence(part: Numbers, rules: Rules) -> set[Key]:
    """What is hidden of it: closures by themselves, as *Closures supported* tells more of them."""
    sets = {frozenset(map(str, key[1:])): count for key, count in part.items() if key[0] == "together"}
    gone = closing.away(Closures(Counter(sets)), rules) if sets else set()
    rest = {key: count for key, count in part.items() if key not in _CLOSURES and key[0] != "together"}
    if rules.confidential:
        # A force knows of each of its returns whether an interview was owed and when it was held (ADR 93).
        known = () if rules.records else (_OWED, ("interviews", "in_time"), ("late",))
        away = _away(rest, rules.confidential, known=known)
    else:
        is_small = any(0 < rest.get(key, 0) < rules.records for key in (_OWED, *_NOTHING_CAME))
        away = {_OWED, *_NOTHING_CAME} if is_small else set()
    hides = {key for key, name in _CLOSURES.items() if name in gone}
    return (hides | {key for key in part if key[0] == "together"} | away) & part.keys()


def _away(part: Numbers, fewest: int, known: Collection[Key] = ()) -> set[Key]:
    """What is hidden, and what is small of the `known`. A number that is another by another name (a sum of
    one part) is one with it: else a total would be hidden for what its only part gives away."""
    same = _by_other_names(part)
    names = {same.get(key, key) for key in part}
    counts = dict[Hashable, int]((key, part[key]) for key in names)
    every = [_renamed(one, dict[Hashable, Hashable](same.items())) for one in among(part)]
    every = [one for one in every if one.total not in one.parts]
    away = hidden(counts, every, fewest=fewest, untold=_untold(part) & names, known=known, cost=_cost)
    small = {key for key in known if part.get(key, fewest) < fewest}
    return {key for key in part if same.get(key, key) in away or key in small}


def _by_other_names(part: Numbers) -> dict[Key, Key]:
    same: dict[Key, Key] = {}
    for total, only in _single(part):
        name = same.get(total, total)
        same[only] = name
        same |= {key: name for key, other in same.items() if other == only}
    return same


def _renamed(one: Sum, same: Mapping[Hashable, Hashable]) -> Sum:
    return Sum(same.get(one.total, one.total), tuple(same.get(cell, cell) for cell in one.parts))


def _single(part: Numbers) -> list[tuple[Key, Key]]:
    return [(one.total, one.parts[0]) for one in among(part) if len(one.parts) == 1]  # type: ignore[misc]


def _cost(key: Hashable) -> int:
    """All incidents are told as long as anything else will do."""
    return int(key == ("incidents", ALL_AGES))


def among(part: Numbers) -> list[Sum]:
    """The sums with what is not there left out of them: nought adds nothing. People of all ages are nearly
    such a sum: few have a birthday between two incidents."""
    nearly = [Sum(("individuals", ALL_AGES), tuple(("individuals", age) for age in AGES))]
    for flag in FLAGS_OF_PEOPLE:
        ages = tuple(("people_flagged", flag, age) for age in AGES)
        nearly.append(Sum(("people_flagged", flag), ages))
    known = [*sums(part), *nearly]
    found = [Sum(one.total, tuple(cell for cell in one.parts if cell in part)) for one in known]
    return [one for one in found if one.total in part and one.parts]


def _untold(part: Numbers) -> set[Key]:
    """Rests, and people by flag, that no page shows."""
    return {key for key in part if key[0] in _RESTS or (key[0] == "people_flagged" and key not in _SHOWN)}
