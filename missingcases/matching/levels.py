"""How many pairs stand to each other: the levels that `comparing` gives, worked out once for each two values.

Words that are nothing like each other are set aside by rapidfuzz for all pairs at once; of the rest each two
names are given to `comparing`. What is simple enough, telephones, addresses and dates (`dates`), is
compared in arrays; tests hold that the levels are those of two records compared alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from missingcases.matching import comparing, rarity
from missingcases.matching.births import Birth
from missingcases.matching.columns import Bools, Columns, Floats, Ints, Lists
from missingcases.matching.comparing import RANK, Pattern
from missingcases.matching.dates import Dates
from missingcases.matching.rarity import Rarity
from missingcases.matching.weights import GENERAL, NOT_KNOWN
from missingcases.matching.words import nickname_marks, sound

# The levels of each field by their numbers, in the order of `weights.FIELDS`.
LEVELS = (
    RANK,
    RANK,
    ("kept", "swapped", "other_name"),
    tuple(one.value for one in Birth),
    (NOT_KNOWN, "same", "other"),
    (NOT_KNOWN, "same", "other"),
    (NOT_KNOWN, "other", *(level for level, _ in reversed(comparing.SHARES))),
)
_SAME, _OTHER, _UNKNOWN = (RANK.index(level) for level in ("same", "other", NOT_KNOWN))
_AGREES, _DIFFERS = LEVELS[5].index("same"), LEVELS[5].index("other")
_NEAR = np.array([level in comparing.NEAR for level in RANK])
_LEAST = np.array([least for _, least in reversed(comparing.SHARES)])
# Bits each number takes in a pattern put into one integer: seven levels, then two rarities.
ROOM = (4, 4, 2, 4, 2, 2, 4, 6, 6)
_SHIFTS = [(sum(ROOM[at + 1 :]), room) for at, room in enumerate(ROOM)]


class Levels:
    """The pairs of one table, compared."""

    def __init__(self, table: Columns) -> None:
        self._table = table
        self._bits_of_words = _bits(table.words.often, len(table.profiles))
        self._rarity = Rarity(dict(zip(table.words.values, self._bits_of_words.tolist(), strict=True)), {})
        self._bits_of_parts = _bits(np.bincount(table.address.of), len(table.profiles))

    def patterns(self, one: Ints, other: Ints) -> Ints:
        """The pattern of each pair as one integer, which the function of that name reads."""
        table = self._table
        given, family, order, said_given, said_family = self._names(one, other)
        fields = (
            given,
            family,
            order,
            _by_value(table.born.of[one], table.born.of[other], self._dates.alike),
            _alike_or_not(table.sex[one], table.sex[other]),
            self._phones(one, other),
            self._addresses(one, other),
            said_given,
            said_family,
        )
        found = np.zeros(len(one), np.int64)
        for room, field in zip(ROOM, fields, strict=True):
            found <<= room
            found |= field
        return found

    def _names(self, one: Ints, other: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """The names in the order that fits best, and what equal ones say by being rare."""
        names = self._table
        given, family = names.given.of, names.family.of
        firsts, lasts = self._alike(given[one], given[other]), self._alike(family[one], family[other])
        order = np.zeros(len(one), np.int64)
        # Where no order fits better than the one on record, the others are not looked at.
        far = np.flatnonzero(~(_NEAR[firsts] & _NEAR[lasts]))
        first, last = (
            self._alike(given[one[far]], family[other[far]]),
            self._alike(family[one[far]], given[other[far]]),
        )
        better = _BITS[1, first, last] > _BITS[0, firsts[far], lasts[far]]
        firsts[far[better]], lasts[far[better]], order[far[better]] = first[better], last[better], 1
        for at in np.flatnonzero(self._has_others[one] | self._has_others[other]).tolist():
            found = comparing.names_alike(names.profiles[one[at]], names.profiles[other[at]])
            firsts[at], lasts[at], order[at] = (
                LEVELS[field].index(level) for field, level in enumerate(found)
            )
        return (
            firsts,
            lasts,
            order,
            self._said(given, one, other, (firsts == 0) & (order == 0)),
            self._said(family, one, other, (lasts == 0) & (order == 0)),
        )

    @cached_property
    def _has_others(self) -> Bools:
        return np.array([bool(one.others) for one in self._table.profiles], np.bool_)

    @cached_property
    def _names_once(self) -> Sequence[tuple[str, ...]]:
        # Family names were added after the given ones, so theirs is the whole list.
        return self._table.family.values

    def _alike(self, one: Ints, other: Ints) -> Ints:
        """The level of two names: the best of their words."""
        found = np.where(self._is_known[one], _SAME, _UNKNOWN)
        at = np.flatnonzero(one != other)
        found[at] = _by_value(one[at], other[at], self._levels_of_names)
        return found

    @cached_property
    def _is_known(self) -> Bools:
        return self._table.words.of_names.many > 0

    def _levels_of_names(self, one: Ints, other: Ints) -> Ints:
        alone = self._alone[one]
        these, those = alone, self._alone[other]
        found = np.full(len(one), _OTHER)
        single = np.flatnonzero((these >= 0) & (those >= 0))
        near = single[self._may_be_alike(these[single], those[single])]
        several = np.flatnonzero((these < 0) | (those < 0))
        at = np.concatenate((near, several))
        names, pairs = self._names_once, zip(one[at].tolist(), other[at].tolist(), strict=True)
        found[at] = [_RANKS[comparing.alike(names[this], names[that])] for this, that in pairs]
        return found

    @cached_property
    def _alone(self) -> Ints:
        """The word of a name that is one word, else -1."""
        of_names = self._table.words.of_names
        found = np.full(of_names.every, -1)
        single = of_names.many == 1
        found[single] = of_names.of[of_names.starts[single]]
        return found

    @cached_property
    def _sounds(self) -> Ints:
        met: dict[str, int] = {}
        heard = [met.setdefault(sound(word), len(met)) for word in self._table.words.values]
        return np.array(heard, np.int64)

    @cached_property
    def _nicknames(self) -> Ints:
        return np.array([nickname_marks(word) for word in self._table.words.values], np.int64)

    def _may_be_alike(self, one: Ints, other: Ints) -> Bools:
        """Which words are not plainly "other": no rule of `comparing` calls near what is left out here."""
        words = self._table.words.values
        these, those = ([words[at] for at in side.tolist()] for side in (one, other))
        edits = cpdist(these, those, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=-1)
        begins = cpdist(
            these, those, scorer=JaroWinkler.similarity, score_cutoff=0.87, dtype=np.float32, workers=-1
        )
        nicknames = (self._nicknames[one] & self._nicknames[other]) > 0
        return (edits <= 2) | (begins > 0) | (self._sounds[one] == self._sounds[other]) | nicknames

    def _said(self, of: Ints, one: Ints, other: Ints, equal: Bools) -> Ints:
        """What equal names say: in halves of a bit and one more, nought where nothing is said."""
        found = np.zeros(len(one), np.int64)
        at = np.flatnonzero(equal)
        these, those = of[one[at]], of[other[at]]
        found[at] = self._said_alone[these]
        several = np.flatnonzero((these != those) | (self._alone[these] < 0))
        found[at[several]] = _by_value(these[several], those[several], self._said_of_several)
        return found

    @cached_property
    def _said_alone(self) -> Ints:
        """What each name of one word says where another is equal."""
        # A name of several words is no word, -1, for which the nought at the end stands.
        bits = np.clip(np.append(self._bits_of_words, 0)[self._alone], rarity.LEAST, rarity.MOST)
        return np.round(2 * bits).astype(np.int64) + 1

    def _said_of_several(self, one: Ints, other: Ints) -> Ints:
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        names = self._names_once
        said = [self._rarity.of_name(names[one], names[other]) for one, other in pairs]
        return np.array([0 if bits is None else int(2 * bits) + 1 for bits in said], np.int64)

    @cached_property
    def _dates(self) -> Dates:
        return Dates(self._table.born)

    def _phones(self, one: Ints, other: Ints) -> Ints:
        """Whether the two have a telephone in common."""
        numbers = self._table.numbers
        at = np.flatnonzero((numbers.many[one] > 0) & (numbers.many[other] > 0))
        pair, _ = _in_both(one[at], other[at], numbers)
        found = np.zeros(len(one), np.int64)
        found[at] = _DIFFERS
        found[at[pair]] = _AGREES
        return found

    def _addresses(self, one: Ints, other: Ints) -> Ints:
        """How much of the lighter address the other has too."""
        address, bits = self._table.address, self._bits_of_parts
        whole = np.bincount(address.records, bits[address.of], len(self._table.profiles))
        pair, part = _in_both(one, other, address)
        shared = np.bincount(pair, bits[part], len(one))
        smaller = np.minimum(whole[one], whole[other])
        share = np.divide(shared, smaller, out=np.zeros(len(one)), where=smaller > 0) + comparing.ROUNDED
        levels = 1 + np.searchsorted(_LEAST, share, side="right")
        return np.where((address.many[one] > 0) & (address.many[other] > 0), levels, 0)


def _in_both(one: Ints, other: Ints, of: Lists) -> tuple[Ints, Ints]:
    """What both records of a pair have: the place of the pair, and the number of what it is."""
    pairs, numbers = [_NONE], [_NONE]
    for first in range(int(of.many[one].max(initial=0))):
        have = np.flatnonzero(of.many[one] > first)
        number = of.of[of.starts[one[have]] + first]
        begins, many = of.starts[other[have]], of.many[other[have]]
        for second in range(int(many.max(initial=0))):
            longer = np.flatnonzero(many > second)
            same = longer[of.of[begins[longer] + second] == number[longer]]
            pairs.append(have[same])
            numbers.append(number[same])
    return np.concatenate(pairs), np.concatenate(numbers)


_NONE = np.empty(0, np.int64)


def numbers(packed: Ints) -> list[Ints]:
    """The levels and the rarities in patterns that are one integer each."""
    return [packed >> shift & ((1 << room) - 1) for shift, room in _SHIFTS]


def patterns(packed: Ints) -> list[Pattern]:
    """Patterns out of integers."""
    *levels, given, family = (one.tolist() for one in numbers(packed))
    named = [[names[level] for level in of] for names, of in zip(LEVELS, levels, strict=True)]
    said = ([(number - 1) / 2 if number else None for number in of] for of in (given, family))
    return [Pattern(*one) for one in zip(zip(*named, strict=True), *said, strict=True)]


def _bits(often: Ints, records: int) -> Floats:
    """`rarity.of_people` of things that so many records have."""
    return np.log2(max(records, 2) / np.maximum(often, 1)) + 0.1


def _by_value(one: Ints, other: Ints, levels: Callable[[Ints, Ints], Ints]) -> Ints:
    """The levels of pairs of values, each two values compared once."""
    each, at = np.unique(one << 32 | other, return_inverse=True)
    return levels(each >> 32, each & ((1 << 32) - 1))[at]


def _alike_or_not(one: Ints, other: Ints) -> Ints:
    return np.where((one > 0) & (other > 0), np.where(one == other, _AGREES, _DIFFERS), 0)


_RANKS = {level: at for at, level in enumerate(RANK)}
# What two names say in either order.
_BITS = np.array(
    [
        [
            [sum(map(GENERAL.bits, ("given", "family", "order"), (first, last, order))) for last in RANK]
            for first in RANK
        ]
        for order in ("kept", "swapped")
    ]
)
