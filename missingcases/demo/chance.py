"""Earlier incidents, found again, by a seeded chance after the distributions of domain.md section 9."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TypeVar

from missingcases.demo.cases import BOROUGHS, FAMILY, GIVEN, Case

T = TypeVar("T")
COUNT = 24
# Hours missing, as (upper end, weight); for children and for adults.
DURATIONS = {
    True: ((8, 43), (16, 20), (24, 16), (48, 11), (168, 10)),
    False: ((8, 46), (16, 17), (24, 13), (48, 10), (168, 14)),
}
RISKS = (("absent", 10), ("low", 13), ("medium", 63), ("high", 14))
FINDERS = (("own_return", 45), ("police", 30), ("family_friend", 15), ("member_of_public", 10))
TOLD = (
    "Went out without saying where and does not answer the telephone.",
    "Did not come home after work.",
    "Left after a quarrel; has done so before.",
    "Did not come back from a friend's at the time agreed.",
    "Was expected at an appointment and did not come.",
)
REPORTERS = ("Mrs Hale", "Mr Sands", "Ms Adjei")
PLACES = ("the high street", "the bus station", "home", "the park", "the leisure centre", "the library")


def earlier(chance: random.Random) -> Iterator[Case]:
    """The closed incidents of the last five weeks."""
    for number in range(COUNT):
        child = chance.random() < 0.64
        sex = chance.choice(("female", "male"))
        borough = chance.choice(BOROUGHS)
        hours = chance.uniform(60, 840)
        longest = _drawn(chance, DURATIONS[child])
        found = max(1.5, min(chance.uniform(longest * 0.4, longest), hours - 20))
        kent = chance.random() < 0.2
        yield Case(
            f"past{number}",
            chance.choice(GIVEN[sex]),
            FAMILY[number % len(FAMILY)],
            chance.randint(11, 17) if child else chance.randint(19, 74),
            sex,
            hours,
            "Maidstone" if kent else borough,
            chance.choice(PLACES).capitalize(),
            chance.choice(TOLD),
            risk=_drawn(chance, RISKS),
            force="kent" if kent else "metropolitan",
            by=(chance.choice(REPORTERS), chance.choice(("Parent", "Partner", "Friend"))),
            phone=f"07700900{140 + number}" if chance.random() < 0.6 else "",
            found=found,
            found_by=_drawn(chance, FINDERS),
            stage="closed",
        )


def _drawn(chance: random.Random, weighted: tuple[tuple[T, int], ...]) -> T:
    values = [value for value, _ in weighted]
    return chance.choices(values, weights=[weight for _, weight in weighted])[0]
