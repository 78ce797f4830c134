"""How often each level is seen between records of one person, of one household and of strangers.

The base-two logarithm of how much more often something is seen for one person than otherwise is what it
says, in bits (Fellegi and Sunter, 1969). `counted` holds what is seen on made data; `adapting` fits it to a
table of records without being told which are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import TYPE_CHECKING

from missingcases.matching.counted import OF_HOUSEHOLD, OF_SAME, OF_STRANGERS, Table

if TYPE_CHECKING:
    from missingcases.matching.comparing import Pattern

NOT_KNOWN = "not_known"
FIELDS = ("given", "family", "order", "birth", "sex", "phone", "address")
# What people of one household have in common; their given names and their sex are as strangers' are.
SHARED = ("family", "birth", "phone", "address")


@dataclass(frozen=True)
class Weights:
    """What each level says. `same` and `household` are shares of all pairs, as far as that is known."""

    of_same: Table
    of_household: Table
    of_strangers: Table
    same: float
    household: float

    def bits(self, field: str, level: str) -> float:
        """What a level says for one person against strangers."""
        return self._bits[field, level][0]

    def both_bits(self, field: str, level: str) -> tuple[float, float]:
        """The same, and what the level says for one household against strangers."""
        return self._bits[field, level]

    def score(self, found: Pattern) -> float:
        """Bits for one person against everybody else: strangers, and others of the household."""
        same, household = self.against_strangers(found)
        return same - log2(1 + self.household * 2**household)

    def against_strangers(self, found: Pattern) -> tuple[float, float]:
        """Bits for one person, and for two of one household, each against strangers."""
        same = household = 0.0
        for level in zip(FIELDS, found.levels, strict=True):
            for_same, for_household = self._bits[level]
            same += for_same
            household += for_household
        for field, rarity in (("given", found.given_rarity), ("family", found.family_rarity)):
            if rarity is not None:
                more = rarity + log2(self.of_strangers[field]["same"])
                same += more
                household += more if field in SHARED else 0.0
        return same, household

    @cached_property
    def _bits(self) -> dict[tuple[str, str], tuple[float, float]]:
        """What each level says for one person and for one household, each against strangers."""
        found = {(field, NOT_KNOWN): (0.0, 0.0) for field in FIELDS}
        for field, levels in self.of_strangers.items():
            for level, strangers in levels.items():
                household = self.of_household[field][level] if field in SHARED else strangers
                found[field, level] = (
                    log2(self.of_same[field][level] / strangers),
                    log2(household / strangers),
                )
        return found

    @property
    def odds(self) -> float:
        """The odds that any two records are one person before they are compared, in bits."""
        return log2(self.same)


GENERAL = Weights(
    of_same=OF_SAME, of_household=OF_HOUSEHOLD, of_strangers=OF_STRANGERS, same=1e-5, household=2**-16
)

# Where the table is adapted, a pair whose odds are above this is put before somebody as a duplicate, in bits.
# Fixed on made data (seeds 2, 3 and 4: with relatives, with two edits, without relatives) as the mean of
# what is best on each.
DUPLICATE = -0.8
# Above this an earlier record is shown at intake, where somebody looks at every one.
WORTH_SHOWING = 3.0
# Above this another force's record is likely enough to say that there is one.
LIKELY_ELSEWHERE = 12.0
