"""Which records of a whole table are worth comparing: those that share a block, not each with each. Pure.

A block is a number, mixed of what its records share. Large blocks are cut by a second thing, and of all it
meets a record has only so many pairs, those that share most: what is compared grows with the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from missingcases.matching.columns import Bools, Columns, Ints, Lists, crossed
from missingcases.matching.words import sound

# The records of a block larger than this share something common: they meet if they share a second thing too.
LARGEST = 16
# Those of a block that many strangers share meet by themselves only where they are very few.
LARGEST_WEAK = 6
# A pair is compared where it is among so many of one of its two records, those first that share most.
MOST = 8
# How many records of large blocks are cut at once, which bounds the memory.
AT_ONCE = 30_000
# Records and what they share, as two arrays of one length.
Members = tuple[Ints, Ints]
# Two records in one number: the earlier above the later, and below them the size of the block they share.
_PLACE, _SIZE = 29, 5
# A number that each size of a block divides, so that shares of it add up without a rest, in any order.
WHOLE = 720_720
_MIXERS = (0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9)


def pairs(table: Columns, counts: Callable[[int, int], bool] | None = None) -> tuple[Ints, Ints]:
    """The earlier and the later record of each pair that is worth comparing, each pair once.

    `counts` says of two places whether that pair is asked about at all.
    """
    one, other, said = _met(Shared(table))
    if counts is not None:
        asked = np.fromiter(map(counts, one.tolist(), other.tolist()), bool, len(one))
        one, other, said = one[asked], other[asked], said[asked]
    few = _among_the_first(one, other, said)
    return one[few], other[few]


def _met(shared: Shared) -> tuple[Ints, Ints, Ints]:
    """Each two records that share a block, once, and how much they share."""
    found = [*_meet(shared.strong(), LARGEST, shared), *_meet(shared.weak(), LARGEST_WEAK, shared)]
    met = np.sort(np.concatenate((_none(), *found)))
    del found
    both = met >> _SIZE
    begins = np.flatnonzero(np.diff(both, prepend=-1))
    both = both[begins]
    # What few share says more, and a pair that shares several blocks is likelier than one that shares one.
    met &= (1 << _SIZE) - 1
    said = np.add.reduceat(WHOLE // met, begins) if len(begins) else _none()
    return both >> _PLACE, both & ((1 << _PLACE) - 1), said


def _among_the_first(one: Ints, other: Ints, said: Ints) -> Bools:
    """Which pairs are among the first of one of their two records, those first that share most."""
    records = np.concatenate((one, other))
    order = np.lexsort((np.tile(-said, 2), records))
    few = np.zeros(len(records), np.bool_)
    few[order] = _within(records[order]) < MOST
    return few[: len(one)] | few[len(one) :]


class Shared:
    """What the records of a table share, worked out once."""

    def __init__(self, table: Columns) -> None:
        self.table = table
        self.every = len(table.profiles)
        # Eight digits as a number; nought where there is no date.
        self._born = np.array([int(born or 0) for born, _ in table.born.values], np.int64)[table.born.of]
        self._dated = np.flatnonzero(self._born)
        self._sounds = self._sounds_of_names()

    def strong(self) -> Members:
        """Date of birth; its day and month in either order, or its month, with the beginning of a name;
        the sounds of two names in either order; a telephone; a postcode or neighbouring parts of an address.
        """
        names, words, born = self.table.names, self.table.words.values, self._born
        whose, word = names.records[born[names.records] > 0], names.of[born[names.records] > 0]
        three, two = (_numbered([one[:letters] for one in words])[word] for letters in (3, 2))
        return _all(
            (self.table.numbers.records, _mixed(1, self.table.numbers.of)),
            (self.table.places.records, _mixed(2, self.table.places.of)),
            _two_of(self._sounds),
            (self._dated, _mixed(3, born[self._dated])),
            (whose, _mixed(4, _day(born[whose]), three)),
            (whose, _mixed(5, born[whose] // 100 % 10_000, two)),
        )

    def weak(self) -> Members:
        """What chance brings many strangers to share: a sound with a part of an address or a year."""
        records, sounds = self._sounds
        year = self._born[records] // 10_000
        at, part = crossed(records, self.table.address)
        return _all(
            (records[at], _mixed(6, self.table.address.of[part], sounds[at])),
            (records[year > 0], _mixed(7, year[year > 0], sounds[year > 0])),
        )

    @cached_property
    def things(self) -> Lists:
        """What else may tell the records of a large block apart."""
        born, dated, address, numbers = self._born, self._dated, self.table.address, self.table.numbers
        records, things = _all(
            (self._sounds[0], _mixed(11, self._sounds[1])),
            (numbers.records, _mixed(12, numbers.of)),
            (address.records, _mixed(13, address.of)),
            (dated, _mixed(14, born[dated] // 10_000)),
            (dated, _mixed(15, _day(born[dated]))),
        )
        order = np.argsort(records, kind="stable")
        return Lists(things[order], records[order], self.every)

    def _sounds_of_names(self) -> Members:
        """The sounds of each record's names, each once, in order."""
        names = self.table.names
        heard = _numbered([sound(word) for word in self.table.words.values])
        each = np.unique(names.records << 32 | heard[names.of])
        return each >> 32, each & ((1 << 32) - 1)


def _meet(members: Members, largest: int, shared: Shared) -> Iterator[Ints]:
    """The pairs of small blocks, and of large ones those that share a second thing, but not all of it."""
    records, blocks, _ = _sorted(*members, shared.every)
    sizes = _sizes(blocks)
    small = (sizes <= largest) & (sizes > 1)
    yield from _combined(records[small], blocks[small], sizes[small])
    large = sizes > largest
    records, blocks, sizes = records[large], blocks[large], sizes[large]
    begins = np.flatnonzero(np.diff(blocks, prepend=-1) != 0)
    cuts = np.unique(begins[np.searchsorted(begins, np.arange(0, len(records), AT_ONCE), side="right") - 1])
    for low, high in pairwise([*cuts.tolist(), len(records)]):
        at, thing = crossed(records[low:high], shared.things)
        finer = _mixed(16, blocks[low:high][at], shared.things.of[thing])
        own, keys, order = _sorted(records[low:high][at], finer, shared.every)
        few = _sizes(keys)
        fit = (few > 1) & (few <= LARGEST) & (few < sizes[low:high][at[order]])
        yield from _combined(own[fit], keys[fit], few[fit])


def _sorted(records: Ints, blocks: Ints, every: int) -> tuple[Ints, Ints, Ints]:
    """The records by block, each once in it, and where in what was given each stood."""
    room = every.bit_length()
    keys = (blocks & ((1 << 62 - room) - 1)) << room | records
    order = np.argsort(keys)
    keys = keys[order]
    once = np.diff(keys, prepend=-1) != 0
    keys = keys[once]
    return keys & ((1 << room) - 1), keys >> room, order[once]


def _sizes(blocks: Ints) -> Ints:
    """How many records the block of each has, where those of a block stand together."""
    begins = np.flatnonzero(np.diff(blocks, prepend=-1) != 0)
    many = np.diff(begins, append=len(blocks))
    return np.repeat(many, many)


def _combined(records: Ints, blocks: Ints, sizes: Ints) -> Iterator[Ints]:
    """Each record of a block with each that follows in it."""
    for step in range(1, LARGEST):
        same = np.flatnonzero(blocks[step:] == blocks[:-step])
        if not len(same):
            return
        yield (records[same] << _PLACE | records[same + step]) << _SIZE | sizes[same]


def _two_of(sounds: Members) -> Members:
    """Each two sounds of a record."""
    records, heard = sounds
    found: list[Members] = []
    for step in range(1, len(records)):
        same = np.flatnonzero(records[step:] == records[:-step])
        if not len(same):
            break
        found.append((records[same], _mixed(8, heard[same], heard[same + step])))
    return _all(*found)


def _day(born: Ints) -> Ints:
    """Day and month of birth, in either order."""
    month, day = born // 100 % 100, born % 100
    return np.minimum(month, day) * 100 + np.maximum(month, day)


def _numbered(texts: Sequence[str]) -> Ints:
    met: dict[str, int] = {}
    return np.array([met.setdefault(text, len(met)) for text in texts], np.int64)


def _mixed(kind: int, one: Ints, other: Ints | int = 0) -> Ints:
    """A number for what is shared. Two that meet by chance cost some comparisons, no answer."""
    found = (one + kind) * _MIXERS[0] ^ other * _MIXERS[1] ^ kind << 40
    return (found ^ found >> 31) & ((1 << 62) - 1)


def _all(*members: Members) -> Members:
    records, shared = zip((_none(), _none()), *members, strict=True)
    return np.concatenate(records), np.concatenate(shared)


def _none() -> Ints:
    return np.empty(0, np.int64)


def _within(keys: Ints) -> Ints:
    """The how manieth of its equals each is, where equals stand together."""
    begins = np.flatnonzero(np.diff(keys, prepend=-1) != 0)
    many = np.diff(begins, append=len(keys))
    return np.arange(len(keys)) - np.repeat(begins, many)
