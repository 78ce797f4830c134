"""Which numbers of a period a reader is not told (domain.md sections 6 and 9, P).

One to four of police records, for whoever does not hold them; none is told, as it is about nobody. Below ten
of what was taken up in confidence, none as well, for everybody but the charity, and of whole years alone: two
periods that overlap would tell their difference.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.suppression import Sum, hidden
from foundation.tables import Hidden
from reports.figures.catalogue import FIGURES
from reports.figures.counting import FLAGS_OF_PEOPLE, Numbers, is_confidential, sums
from reports.figures.declared import AGES, ALL_AGES, Key
from reports.periods import Period
from reports.policies import sees_small_numbers
from reports.scope import Scope

FEWEST_RECORDS, FEWEST_CONFIDENTIAL = 5, 10
NOT_TOLD = "Told for whole years and whole forces"
_SHOWN = frozenset(key for one in FIGURES for part in one.parts for key in (part.key, part.among))
_RESTS = frozenset({"not_offered", "not_accepted", "late", "trafficked_elsewhere"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Below what a reader is told nothing (0: everything), and whether they are told of confidential ones."""

    records: int
    confidential: int
    tells_confidential: bool


def rules_for(actor: Actor, scope: Scope, period: Period) -> Rules:
    """The rules for this reader, this scope and this period."""
    is_charity = actor.organisation_kind == OrganisationKind.CHARITY
    code = period.code
    is_year = code.startswith("FY") or code.isdigit()
    return Rules(
        records=0 if sees_small_numbers(actor, scope) else FEWEST_RECORDS,
        confidential=0 if is_charity else FEWEST_CONFIDENTIAL,
        tells_confidential=is_charity or (is_year and scope.area_id is None),
    )


def told(counted: Numbers, rules: Rules) -> dict[Key, int | Hidden | None]:
    """Every number as the reader may have it: itself, hidden as small, or None where it is not told."""
    found: dict[Key, int | Hidden | None] = dict(counted)
    for fewest, is_theirs in ((rules.records, False), (rules.confidential, True)):
        part = {
            key: count
            for key, count in counted.items()
            if is_confidential(key) is is_theirs and (count or is_theirs)
        }
        if is_theirs and not rules.tells_confidential:
            found |= dict.fromkeys(part, None)
        elif fewest:
            found |= dict.fromkeys(_away(part, fewest), Hidden(fewest))
    return found


def _away(part: Numbers, fewest: int) -> set[Key]:
    """What is hidden. A number that is another by another name (a sum of one part) is one with it: else a
    total would be hidden for what its only part gives away."""
    same = _by_other_names(part)
    names = {same.get(key, key) for key in part}
    counts = dict[Hashable, int]((key, part[key]) for key in names)
    among = [_renamed(one, dict[Hashable, Hashable](same.items())) for one in _among(part)]
    among = [one for one in among if one.total not in one.parts]
    away = hidden(counts, among, fewest=fewest, untold=_untold(part) & names, cost=_cost)
    return {key for key in part if same.get(key, key) in away}


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
    return [(one.total, one.parts[0]) for one in _among(part) if len(one.parts) == 1]  # type: ignore[misc]


def _cost(key: Hashable) -> int:
    """All incidents are told as long as anything else will do."""
    return int(key == ("incidents", ALL_AGES))


def _among(part: Numbers) -> list[Sum]:
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
    return {
        key
        for key in part
        if key[0] in _RESTS or key[-1] == "alone" or (key[0] == "people_flagged" and key not in _SHOWN)
    }
