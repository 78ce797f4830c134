"""Which records of a whole table are worth comparing: those that share a block, not each with each. Pure.

Blocks and pairs stand in arrays, eight bytes each: a number above, the place of a record in the table below.
Each array is cut into parts, sorted one at a time, so that no object is kept for a block or a pair.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from zlib import crc32

from missingcases.matching.comparing import Profile
from missingcases.matching.words import sound

# Places of two records in the table, the earlier first.
Places = tuple[int, int]
# The records of a block larger than this share something common: they meet if they share a second thing too.
LARGEST = 16
# Those of a block that many strangers share meet by themselves only where they are very few.
LARGEST_WEAK = 6
PARTS = 64
_LOWER = (1 << 32) - 1


class Blocks:
    """The blocks of a table, whose records are added one after the other."""

    def __init__(self) -> None:
        self._keys = _empty_parts()
        self._records = 0

    def add(self, profile: Profile) -> None:
        """Put the next record of the table into its blocks."""
        strong = {_number(block) << 1 for block in blocks_of(profile)}
        weak = {_number(block) << 1 | 1 for block in weak_blocks_of(profile)}
        for key in strong | weak:
            self._keys[key % PARTS].append(key << 32 | self._records)
        self._records += 1

    def pairs(self, profiles: Sequence[Profile]) -> list[array[int]]:
        """The pairs that share a block, in parts of about one size, as `apart` reads them; the blocks go.

        All pairs with one earlier record stand in one part: a part is a fair sample of the pairs. A pair
        that shares two blocks stands there twice.
        """
        found = _empty_parts()
        for part in self._keys:
            for block, largest in _blocks(part):
                for few in [block] if len(block) <= largest else finer(block, profiles):
                    for one, other in combinations(few, 2):
                        found[one % PARTS].append(one << 32 | other)
            del part[:]
        return found


def pairs(profiles: Sequence[Profile]) -> Iterator[Places]:
    """Each pair that shares a block, once."""
    blocks = Blocks()
    for profile in profiles:
        blocks.add(profile)
    for part in blocks.pairs(profiles):
        yield from apart(part)


def apart(part: array[int]) -> Iterator[Places]:
    """Each pair of a part once, in order."""
    for pair in sorted(set(part)):
        yield pair >> 32, pair & _LOWER


def finer(block: Sequence[int], profiles: Sequence[Profile]) -> Iterator[list[int]]:
    """Those of a block that share a second thing: not what the block itself is of, nor what is common too."""
    found: dict[str, list[int]] = defaultdict(list)
    for at in block:
        for thing in set(_things_of(profiles[at])):
            found[thing].append(at)
    return (few for few in found.values() if 2 <= len(few) <= LARGEST and len(few) < len(block))


def blocks_of(profile: Profile) -> Iterator[str]:
    """The blocks of one record.

    Date of birth; its day and month in either order, or its month, with the beginning of a name; the sounds
    of two names in either order; a telephone; a postcode or neighbouring parts of an address.
    """
    names = _names_of(profile)
    yield from (f"phone {phone}" for phone in profile.phones)
    yield from (f"place {place}" for place in profile.places)
    yield from (f"sounds {one} {other}" for one, other in combinations(sorted(set(map(sound, names))), 2))
    if profile.born:
        yield f"born {profile.born}"
        yield from (f"day {_day_of(profile.born)} {name[:3]}" for name in names)
        yield from (f"month {profile.born[2:6]} {name[:2]}" for name in names)


def weak_blocks_of(profile: Profile) -> Iterator[str]:
    """What chance brings many strangers to share: the sound of a name and a part of an address or a year."""
    for one in set(map(sound, _names_of(profile))):
        yield from (f"home {one} {part}" for part in profile.address)
        if profile.born:
            yield f"year {profile.born[:4]} {one}"


def _things_of(profile: Profile) -> Iterator[str]:
    """What else may tell the records of a large block apart."""
    yield from (f"sound {sound(name)}" for name in _names_of(profile))
    yield from (f"phone {phone}" for phone in profile.phones)
    yield from (f"part {part}" for part in profile.address)
    if profile.born:
        yield f"year {profile.born[:4]}"
        yield f"day {_day_of(profile.born)}"


def _names_of(profile: Profile) -> set[str]:
    return {*profile.given, *profile.family, *(word for other in profile.others for word in other)}


def _day_of(born: str) -> str:
    """Day and month of birth, in either order."""
    return "".join(sorted((born[4:6], born[6:8])))


def _number(block: str) -> int:
    """A block as 31 bits. Two that meet by chance cost some comparisons, no answer."""
    return crc32(block.encode()) >> 1


def _blocks(keys: array[int]) -> Iterator[tuple[list[int], int]]:
    """The places of the records of each block that has more than one, and how many may meet by it alone."""
    for key, block in groupby(sorted(keys), key=lambda key: key >> 32):
        places = [key & _LOWER for key in block]
        if len(places) > 1:
            yield places, LARGEST_WEAK if key & 1 else LARGEST


def _empty_parts() -> list[array[int]]:
    return [array("Q") for _ in range(PARTS)]
