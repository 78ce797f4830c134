"""How many pairs stand to each other: the levels that `comparing` gives, worked out once for each two values.

Nothing is judged here anew. Words and dates that are nothing like each other are set aside by rapidfuzz
for all pairs at once; of the rest each two values are given to `comparing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from missingcases.matching import births, comparing
from missingcases.matching.births import Birth
from missingcases.matching.columns import Bools, Born, Columns, Floats, Ints, crossed
from missingcases.matching.comparing import RANK, Pattern, Profile
from missingcases.matching.rarity import Rarity
from missingcases.matching.weights import GENERAL, NOT_KNOWN
from missingcases.matching.words import may_be_nickname, sound

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
_OTHER, _UNKNOWN = RANK.index("other"), RANK.index(NOT_KNOWN)
_NEAR = np.array([level in comparing.NEAR for level in RANK])
_BIRTH_OTHER = LEVELS[3].index("other")
_LEAST = np.array([least for _, least in reversed(comparing.SHARES)])
# Bits each number takes in a pattern put into one integer: seven levels, then two rarities.
_ROOM = (4, 4, 2, 4, 2, 2, 4, 6, 6)


class Levels:
    """The pairs of one table, compared."""

    def __init__(self, table: Columns, rarity: Rarity) -> None:
        self._table = table
        self._rarity = rarity
        self._keys = table.address.records << 32 | table.address.of
        order = np.argsort(self._keys)
        self._keys = self._keys[order]

    def patterns(self, one: Ints, other: Ints) -> Ints:
        """The pattern of each pair as one integer, which `pattern` reads."""
        table = self._table
        given, family, order, said_given, said_family = self._names(one, other)
        fields = (
            given,
            family,
            order,
            self._births(one, other),
            _alike_or_not(table.sex[one], table.sex[other]),
            self._phones(one, other),
            self._addresses(one, other),
            said_given,
            said_family,
        )
        found = np.zeros(len(one), np.int64)
        for room, field in zip(_ROOM, fields, strict=True):
            found = found << room | field
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
            self._said(names.given.values, given, one, other, (firsts == 0) & (order == 0)),
            self._said(names.family.values, family, one, other, (lasts == 0) & (order == 0)),
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
        return _by_value(one, other, self._levels_of_names)

    def _levels_of_names(self, one: Ints, other: Ints) -> Ints:
        alone = self._alone[one]
        these, those = alone, self._alone[other]
        found = np.full(len(one), _OTHER)
        single = np.flatnonzero((these >= 0) & (those >= 0))
        near = single[self._may_be_alike(these[single], those[single])]
        several = np.flatnonzero((these < 0) | (those < 0))
        for at in np.concatenate((near, several)).tolist():
            found[at] = _RANKS[comparing.alike(self._names_once[one[at]], self._names_once[other[at]])]
        return found

    @cached_property
    def _alone(self) -> Ints:
        """The place of a name that is one word among such names, else -1."""
        return np.array([at if len(name) == 1 else -1 for at, name in enumerate(self._names_once)], np.int64)

    @cached_property
    def _words(self) -> list[str]:
        return [name[0] if len(name) == 1 else "" for name in self._names_once]

    @cached_property
    def _sounds(self) -> Ints:
        met: dict[str, int] = {}
        return np.array([met.setdefault(sound(word), len(met)) for word in self._words], np.int64)

    @cached_property
    def _nicknamed(self) -> Bools:
        return np.array([may_be_nickname(word) for word in self._words], np.bool_)

    def _may_be_alike(self, one: Ints, other: Ints) -> Bools:
        """Which words are not plainly "other": no rule of `comparing` calls near what is left out here."""
        these, those = ([self._words[at] for at in side.tolist()] for side in (one, other))
        edits = cpdist(these, those, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        begins = cpdist(these, those, scorer=JaroWinkler.similarity, score_cutoff=0.87, dtype=np.float32)
        nicknames = self._nicknamed[one] & self._nicknamed[other]
        return (edits <= 2) | (begins > 0) | (self._sounds[one] == self._sounds[other]) | nicknames

    def _said(
        self, values: Sequence[tuple[str, ...]], of: Ints, one: Ints, other: Ints, equal: Bools
    ) -> Ints:
        """What equal names say: in halves of a bit and one more, nought where nothing is said."""
        at = np.flatnonzero(equal)

        def bits(these: Ints, those: Ints) -> Ints:
            pairs = zip(these.tolist(), those.tolist(), strict=True)
            said = [self._rarity.of_name(values[one], values[other]) for one, other in pairs]
            return np.array([0 if one is None else int(2 * one) + 1 for one in said], np.int64)

        found = np.zeros(len(one), np.int64)
        found[at] = _by_value(of[one[at]], of[other[at]], bits)
        return found

    def _births(self, one: Ints, other: Ints) -> Ints:
        return _by_value(self._table.born.of[one], self._table.born.of[other], self._levels_of_births)

    def _levels_of_births(self, one: Ints, other: Ints) -> Ints:
        found = np.full(len(one), _BIRTH_OTHER)
        near = np.flatnonzero(self._may_be_one_date(one, other))
        values = self._table.born.values
        for at, first, second in zip(near.tolist(), one[near].tolist(), other[near].tolist(), strict=True):
            found[at] = _BIRTHS[_of_dates_or_ages(values[first], values[second])]
        return found

    def _may_be_one_date(self, one: Ints, other: Ints) -> Bools:
        """Which dates are not plainly "other": two edits away, exchanged, about a month's end, or an age."""
        texts = [born for born, _ in self._table.born.values]
        these, those = ([texts[at] for at in side.tolist()] for side in (one, other))
        edits = cpdist(these, those, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        born = np.array([int(text or 0) for text in texts], np.int64)
        months, first = born // 10_000 * 12 + born // 100 % 100, born % 100 == 1
        about = np.abs(months[one] - months[other]) <= 1
        month_end = about & (first[one] | first[other])
        exchanged = _exchanged(born[one]) == born[other]
        return (edits <= 2) | exchanged | month_end | (born[one] == 0) | (born[other] == 0)

    def _phones(self, one: Ints, other: Ints) -> Ints:
        phones = self._table.phones

        def levels(these: Ints, those: Ints) -> Ints:
            pairs = zip(these.tolist(), those.tolist(), strict=True)
            said = [comparing.phones_alike(phones.values[one], phones.values[other]) for one, other in pairs]
            return np.array([LEVELS[5].index(level) for level in said], np.int64)

        known = np.array([bool(one) for one in phones.values], np.bool_)[phones.of]
        at = np.flatnonzero(known[one] & known[other])
        found = np.zeros(len(one), np.int64)
        found[at] = _by_value(phones.of[one[at]], phones.of[other[at]], levels)
        return found

    def _addresses(self, one: Ints, other: Ints) -> Ints:
        """How much of the lighter address the other has too."""
        address = self._table.address
        pair, part = crossed(one, address)
        wanted = other[pair] << 32 | address.of[part]
        at = np.minimum(np.searchsorted(self._keys, wanted), max(len(self._keys) - 1, 0))
        has = self._keys[at] == wanted if len(self._keys) else np.zeros(0, bool)
        shared = np.bincount(pair, np.where(has, self._bits_of_parts[address.of[part]], 0), len(one))
        whole = np.bincount(address.records, self._bits_of_parts[address.of], len(self._table.profiles))
        smaller = np.minimum(whole[one], whole[other])
        share = np.divide(shared, smaller, out=np.zeros(len(one)), where=smaller > 0) + comparing.ROUNDED
        levels = 1 + np.searchsorted(_LEAST, share, side="right")
        return np.where((address.many[one] > 0) & (address.many[other] > 0), levels, 0)

    @cached_property
    def _bits_of_parts(self) -> Floats:
        return np.array([self._rarity.of_parts((part,)) for part in self._table.address.values], np.float64)


def pattern(packed: int) -> Pattern:
    """A pattern out of one integer."""
    numbers = []
    for room in reversed(_ROOM):
        numbers.append(packed & ((1 << room) - 1))
        packed >>= room
    *levels, given, family = reversed(numbers)
    return Pattern(
        tuple(names[level] for names, level in zip(LEVELS, levels, strict=True)),
        (given - 1) / 2 if given else None,
        (family - 1) / 2 if family else None,
    )


def _by_value(one: Ints, other: Ints, levels: Callable[[Ints, Ints], Ints]) -> Ints:
    """The levels of pairs of values, each two values compared once."""
    each, at = np.unique(one << 32 | other, return_inverse=True)
    return levels(each >> 32, each & ((1 << 32) - 1))[at]


def _of_dates_or_ages(one: Born, other: Born) -> Birth:
    if one[0] and other[0]:
        return births.compare(one[0], other[0])
    return comparing.births_alike(Profile(born=one[0], years=one[1]), Profile(born=other[0], years=other[1]))


def _exchanged(born: Ints) -> Ints:
    """Dates with day and month exchanged."""
    return born // 10_000 * 10_000 + born % 100 * 100 + born // 100 % 100


def _alike_or_not(one: Ints, other: Ints) -> Ints:
    return np.where((one > 0) & (other > 0), np.where(one == other, 1, 2), 0)


_RANKS = {level: at for at, level in enumerate(RANK)}
_BIRTHS = {one: at for at, one in enumerate(Birth)}
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
