"""How much an agreement says because of how rare the thing is: a table of one population's words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from missingcases.matching.comparing import Parts, Profile

K = TypeVar("K", bound=Hashable)
# An equal name says at least and at most this much, in bits, however common or rare it is.
LEAST, MOST = 3.0, 10.0


@dataclass(frozen=True)
class Rarity:
    """Bits by word and by part of an address: the logarithm of how few records have it."""

    words: Mapping[str, float]
    parts: Mapping[int, float]
    addresses: dict[Parts, float] = field(default_factory=dict)

    def of_name(self, these: Iterable[str], those: Iterable[str]) -> float | None:
        """The bits of the rarest word both have, to a half, within bounds; None if it was never counted."""
        known = [self.words[word] for word in {*these} & {*those} if word in self.words]
        return round(2 * min(max(*known, LEAST), MOST)) / 2 if known else None

    def of_parts(self, parts: Iterable[int]) -> float:
        """The bits of parts of an address together; one never counted weighs as one of many."""
        return sum([self.parts.get(part, 1.0) for part in parts])

    def of_address(self, parts: Parts) -> float:
        """The same of a whole address, added up once however often it is compared."""
        if not self.parts:
            return float(len(parts))
        if parts not in self.addresses:
            self.addresses[parts] = self.of_parts(parts)
        return self.addresses[parts]


def of_people(profiles: Iterable[Profile]) -> Rarity:
    """Count the words and parts of a whole table."""
    words: Counter[str] = Counter()
    parts: Counter[int] = Counter()
    records = 0
    for one in profiles:
        records += 1
        words.update({*one.given, *one.family})
        parts.update(one.address)
    return Rarity(_bits(words, records), _bits(parts, records))


def _bits(counted: Counter[K], records: int) -> dict[K, float]:
    return {key: log2(max(records, 2) / often) + 0.1 for key, often in counted.items()}


EVERYBODY = Rarity({}, {})
