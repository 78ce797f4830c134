"""Which records of a whole table are worth comparing: those that share a block, not each with each. Pure.

A block is a number, mixed of what its records share. Large blocks are cut by a second thing, and of all it
meets a record has only so many pairs, those that share most: what is compared grows with the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np

from missingcases.matching.columns import Columns, Floats, Ints, crossed
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
# Places of two records in the table, the earlier above the later, and the size of the block they share.
_Met = tuple[Ints, Ints]
_PLACE = 32
_MIXERS = (0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9)


def pairs(table: Columns, counts: Callable[[int, int], bool] | None = None) -> tuple[Ints, Ints]:
    """The earlier and the later record of each pair that is worth comparing, each pair once.

    `counts` says of two places whether that pair is asked about at all.
    """
    met = list(chain(_meet(_strong(table), LARGEST, table), _meet(_weak(table), LARGEST_WEAK, table)))
    packed, sizes = (np.concatenate(one) for one in zip((_none(), _none()), *met, strict=True))
    order = np.argsort(packed)
    packed, sizes = packed[order], sizes[order]
    begins = np.flatnonzero(np.diff(packed, prepend=-1) > 0)
    # What few share says more, and a pair that shares several blocks is likelier than one that shares one.
    shared = np.add.reduceat(1 / sizes, begins) if len(begins) else np.empty(0)
    one, other = packed[begins] >> _PLACE, packed[begins] & ((1 << _PLACE) - 1)
    if counts is not None:
        asked = np.fromiter(map(counts, one.tolist(), other.tolist()), bool, len(one))
        one, other, shared = one[asked], other[asked], shared[asked]
    first, second = _ranks(one, other, shared)
    few = np.minimum(first, second) < MOST
    return one[few], other[few]


def _ranks(one: Ints, other: Ints, shared: Floats) -> tuple[Ints, Ints]:
    """The how manieth pair of each of its two records each is, those first that share most."""
    records = np.concatenate((one, other))
    order = np.lexsort((np.tile(-shared, 2), records))
    ranks = np.empty(len(records), np.int64)
    ranks[order] = _within(records[order])
    return ranks[: len(one)], ranks[len(one) :]


def _strong(table: Columns) -> Members:
    """Date of birth; its day and month in either order, or its month, with the beginning of a name; the
    sounds of two names in either order; a telephone; a postcode or neighbouring parts of an address.
    """
    names, born = table.names, _born(table)
    whose, word = names.records[born[names.records] > 0], names.of[born[names.records] > 0]
    dated = np.flatnonzero(born)
    sounds = _sounds(table)
    return _all(
        (table.numbers.records, _mixed(1, table.numbers.of)),
        (table.places.records, _mixed(2, table.places.of)),
        _two_of(sounds),
        (dated, _mixed(3, born[dated])),
        (whose, _mixed(4, _day(born[whose]), _numbered([name[:3] for name in names.values])[word])),
        (whose, _mixed(5, born[whose] // 100 % 10_000, _numbered([name[:2] for name in names.values])[word])),
    )


def _weak(table: Columns) -> Members:
    """What chance brings many strangers to share: the sound of a name and a part of an address or a year."""
    records, sounds = _sounds(table)
    year = _born(table)[records] // 10_000
    at, part = crossed(records, table.address)
    return _all(
        (records[at], _mixed(6, table.address.of[part], sounds[at])),
        (records[year > 0], _mixed(7, year[year > 0], sounds[year > 0])),
    )


def _things(table: Columns) -> Members:
    """What else may tell the records of a large block apart."""
    born = _born(table)
    dated = np.flatnonzero(born)
    records, sounds = _sounds(table)
    return _all(
        (records, _mixed(11, sounds)),
        (table.numbers.records, _mixed(12, table.numbers.of)),
        (table.address.records, _mixed(13, table.address.of)),
        (dated, _mixed(14, born[dated] // 10_000)),
        (dated, _mixed(15, _day(born[dated]))),
    )


def _meet(members: Members, largest: int, table: Columns) -> Iterator[_Met]:
    """The pairs of small blocks, and of large ones those that share a second thing, but not all of it."""
    records, blocks, sizes = _sorted(*members)
    small = sizes <= largest
    yield from _combined(records[small], blocks[small], sizes[small])
    records, blocks, sizes = records[~small], blocks[~small], sizes[~small]
    if not len(records):
        return
    thing_records, things = _things(table)
    order = np.argsort(thing_records, kind="stable")
    thing_records, things = thing_records[order], things[order]
    many = np.bincount(thing_records, minlength=len(table.profiles))
    starts = np.cumsum(many) - many
    begins = np.flatnonzero(np.diff(blocks, prepend=-1) != 0)
    cuts = np.unique(begins[np.searchsorted(begins, np.arange(0, len(records), AT_ONCE), side="right") - 1])
    for low, high in zip(cuts, [*cuts[1:], len(records)], strict=True):
        own = records[low:high]
        at = np.repeat(np.arange(len(own)), many[own])
        thing = (
            np.repeat(starts[own], many[own])
            + np.arange(len(at))
            - np.repeat(np.cumsum(many[own]) - many[own], many[own])
        )
        shared = _mixed(16, blocks[low:high][at], things[thing])
        finer, keys, few = _sorted(own[at], shared)
        each, where = np.unique(shared, return_index=True)
        whole = sizes[low:high][at[where]][np.searchsorted(each, keys)]
        fit = (few <= LARGEST) & (few < whole)
        yield from _combined(finer[fit], keys[fit], few[fit])


def _sorted(records: Ints, blocks: Ints) -> tuple[Ints, Ints, Ints]:
    """The records by block, each once in it, those alone in theirs left out, and how many each block has."""
    order = np.lexsort((records, blocks))
    records, blocks = records[order], blocks[order]
    once = (np.diff(records, prepend=-1) != 0) | (np.diff(blocks, prepend=-1) != 0)
    records, blocks = records[once], blocks[once]
    begins = np.flatnonzero(np.diff(blocks, prepend=-1) != 0)
    many = np.diff(begins, append=len(blocks))
    sizes = np.repeat(many, many)
    return records[sizes > 1], blocks[sizes > 1], sizes[sizes > 1]


def _combined(records: Ints, blocks: Ints, sizes: Ints) -> Iterator[_Met]:
    """Each record of a block with each that follows in it."""
    for step in range(1, LARGEST):
        same = np.flatnonzero(blocks[step:] == blocks[:-step])
        if not len(same):
            return
        yield records[same] << _PLACE | records[same + step], sizes[same]


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


def _sounds(table: Columns) -> Members:
    """The sounds of each record's names, each once, in order."""
    names = table.names
    heard = _numbered([sound(name) for name in names.values])
    each = np.unique(names.records << _PLACE | heard[names.of])
    return each >> _PLACE, each & ((1 << _PLACE) - 1)


def _born(table: Columns) -> Ints:
    """Eight digits as a number; nought where there is no date."""
    return np.array([int(born or 0) for born, _ in table.born.values], np.int64)[table.born.of]


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
