"""Which records of a whole table are worth comparing: those that share a block, not each with each. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from missingcases.matching.comparing import Profile
from missingcases.matching.words import sound

Pair = tuple[int, int]
# A block larger than this says nothing: its records meet in another, or not at all.
LARGEST = 60


def pairs(profiles: Mapping[int, Profile]) -> set[Pair]:
    """Every pair of ids, in order, that shares a block."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for key, profile in profiles.items():
        for block in set(blocks_of(profile)):
            blocks[block].append(key)
    return {
        pair
        for block in blocks.values()
        if 2 <= len(block) <= LARGEST
        for pair in combinations(sorted(block), 2)
    }


def blocks_of(profile: Profile) -> Iterator[object]:
    """The blocks of one record.

    Day and month of birth in either order with the beginning of a name; the sounds of two names in either
    order; a sound with the year of birth or a part of an address; a telephone; a postcode or neighbouring
    parts of an address.
    """
    names = {*profile.given, *profile.family, *(word for other in profile.others for word in other)}
    yield from (("phone", phone) for phone in profile.phones)
    yield from (("place", place) for place in profile.places)
    sounds = sorted(set(map(sound, names)))
    yield from (("home", one, part) for one in sounds for part in profile.address)
    if profile.born:
        yield "born", profile.born
        yield from _by_birth(profile.born, names)
    yield from (("sounds", one, other) for one, other in combinations(sounds, 2))


def _by_birth(born: str, names: Iterable[str]) -> Iterator[object]:
    day = "".join(sorted((born[4:6], born[6:8])))
    for name in names:
        yield "day", day, name[:3]
        yield "year", born[:4], sound(name)
        yield "month", born[2:6], name[:2]
        yield "rest", born[:2], born[6:8], name[:4]
