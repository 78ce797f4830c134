"""Who the people are: each known again by the seed and the number alone, so that nothing need be kept."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from missingcases.enums import BARS_ABSENT
from missingcases.made.episodes import Drawn
from missingcases.made.frame import Ask, Force, Person, often
from missingcases.made.names import Names, mistyped, telephone
from missingcases.made.stated import (
    BIRTH_THOUGHT,
    BIRTH_UNKNOWN,
    COPIED,
    FLAGS,
    NO_FAMILY,
    NO_GIVEN,
    SHOUTED,
    SPACED,
)

_OUT_OF_AREA = 0.3
_HOMES_A_FORCE = 40
BARRING = frozenset(str(kind) for kind in BARS_ABSENT)


class People:
    """The people of one ask. Numbers begin with 1, in the order of their first report."""

    def __init__(self, ask: Ask, forces: Sequence[Force], drawn: Drawn) -> None:
        self._seed, self._end, self._drawn = ask.seed, ask.end.date(), drawn
        self._forces = forces
        self._shares = list(accumulate(force.share for force in forces))
        self._names = Names(ask.seed)
        # Of a force's children in care most live in few homes.
        self._homes = [random.Random(f"{ask.seed}/home/{n}") for n in range(len(forces) * _HOMES_A_FORCE)]
        self._addresses = [self._names.address(chance) for chance in self._homes]

    def __len__(self) -> int:
        return len(self._drawn.first)

    def person(self, pk: int) -> Person:
        """The person of that number."""
        chance = random.Random(self._seed * 1_000_003 + pk)
        kind = int(self._drawn.kind[pk - 1])
        first_at = datetime.fromtimestamp(int(self._drawn.first[pk - 1]), UTC)
        if pk > 1 and chance.random() < COPIED and int(self._drawn.kind[pk - 2]) == kind:
            return self._copy(chance, pk, first_at)
        return self._new(chance, pk, kind, first_at)

    def _new(self, chance: random.Random, pk: int, kind: int, first_at: datetime) -> Person:
        place = bisect(self._shares, chance.random() * self._shares[-1])
        force = self._forces[place]
        is_child, is_cared_for = kind > 0, kind == 2
        sex = "female" if often(chance, 0.47 if is_child else 0.4) else "male"
        given, family = _dirty(chance, self._names.given(chance, sex), self._names.family(chance))
        born, thought, thought_on = _birth(chance, first_at, is_child=is_child)
        district, placed_in = _places(chance, force, is_cared_for=is_cared_for)
        home = place * _HOMES_A_FORCE + min(int(chance.expovariate(1 / 8)), _HOMES_A_FORCE - 1)
        return Person(
            pk, force, given, family, "not_known" if often(chance, 0.03) else sex, born, thought, thought_on,
            phone=telephone(chance) if often(chance, 0.55) else "",
            address=self._addresses[home] if is_cared_for else self._names.address(chance),
            is_child=is_child, is_cared_for=is_cared_for, district=district, placed_in=placed_in,
            flags=_flags(chance, is_child=is_child, is_cared_for=is_cared_for), first_at=first_at,
        )  # fmt: skip

    def _copy(self, chance: random.Random, pk: int, first_at: datetime) -> Person:
        """The person of the number before, whom somebody wrote down as new: not all of it the same."""
        other = self._new(
            random.Random(self._seed * 1_000_003 + pk - 1), pk - 1, int(self._drawn.kind[pk - 2]),
            datetime.fromtimestamp(int(self._drawn.first[pk - 2]), UTC),
        )  # fmt: skip
        born = other.born
        if born is not None and born.day <= 12 and often(chance, 0.6):
            born = date(born.year, born.day, born.month)
        return Person(
            pk, other.force, other.given, mistyped(chance, other.family), other.sex,
            born if born is None or born < first_at.date() else other.born,
            other.age_thought, other.thought_on, phone=other.phone, address=other.address,
            is_child=other.is_child, is_cared_for=other.is_cared_for, district=other.district,
            placed_in=other.placed_in, flags=other.flags, first_at=first_at,
        )  # fmt: skip


def _birth(
    chance: random.Random, first_at: datetime, *, is_child: bool
) -> tuple[date | None, int | None, date | None]:
    # Children who are missing often would come of age meanwhile: their first time is earlier.
    years = chance.triangular(8, 17.5, 15) if is_child else 18 + min(chance.expovariate(1 / 22), 80)
    drawn = chance.random()
    today = first_at.date()
    if drawn < BIRTH_UNKNOWN:
        return None, None, None
    if drawn < BIRTH_UNKNOWN + BIRTH_THOUGHT:
        return None, int(years), today
    return today - timedelta(days=int(years * 365.2425) + 1), None, None


def _dirty(chance: random.Random, given: str, family: str) -> tuple[str, str]:
    drawn = chance.random()
    if drawn < NO_GIVEN:
        return "", family
    if drawn < NO_GIVEN + NO_FAMILY:
        return given, ""
    if drawn < NO_GIVEN + NO_FAMILY + SPACED:
        return f"{given}  {given[0]}", f"{family} "
    if drawn < NO_GIVEN + NO_FAMILY + SPACED + SHOUTED:
        return given.upper(), family.upper()
    return given, family


def _places(chance: random.Random, force: Force, *, is_cared_for: bool) -> tuple[int, int]:
    """The district somebody is of, and the one they live in, as places in the force's list."""
    if not force.districts:
        return 0, 0
    # Uneven, and always in the same way: some boroughs have three times what others have.
    home = int(chance.triangular(0, len(force.districts), 0.35 * len(force.districts)))
    home = min(home * 7 % len(force.districts), len(force.districts) - 1)
    if is_cared_for and often(chance, _OUT_OF_AREA):
        return home, chance.randrange(len(force.districts))
    return home, home


def _flags(chance: random.Random, *, is_child: bool, is_cared_for: bool) -> tuple[tuple[str, str], ...]:
    """Kinds and how sure somebody is of them."""
    found = [("care", "confirmed")] if is_cared_for else []
    for kind, share in FLAGS[is_child]:
        # What befalls children befalls those in care more.
        if chance.random() < share * (1.6 if is_cared_for else 1.0 if not is_child else 0.85):
            drawn = chance.random()
            found.append((kind, "suspected" if drawn < 0.5 else "confirmed" if drawn < 0.93 else "ruled_out"))
    return tuple(found)
