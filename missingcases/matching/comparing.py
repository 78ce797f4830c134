"""How two records stand to each other, field by field: levels that `weights` gives a weight. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from missingcases.matching import births
from missingcases.matching.births import Birth
from missingcases.matching.rarity import EVERYBODY, Rarity
from missingcases.matching.weights import GENERAL
from missingcases.matching.words import are_nicknames, sound

_TOLD = frozenset({"female", "male"})
# Sets where a few records are compared, tuples where a whole table is held: they take a fifth of the room.
Phones = frozenset[str] | tuple[str, ...]
Parts = frozenset[int] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one record. `born` is eight digits or empty, `years` the years an age leaves."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    born: str = ""
    years: tuple[int, int] | None = None
    sex: str = ""
    phones: Phones = ()
    address: Parts = ()
    places: Parts = ()

    @property
    def is_names_alone(self) -> bool:
        """Whether nothing is known that could agree beside names, but an age or a sex."""
        return not (self.born or self.phones or self.address or self.places)

    @property
    def has_age_or_sex(self) -> bool:
        """Whether two of the same names can be told apart by one of these."""
        return self.years is not None or self.sex in _TOLD


class Pattern(NamedTuple):
    """The level of each of `weights.FIELDS`, and the bits that an equal name says by being rare."""

    levels: tuple[str, ...]
    given_rarity: float | None
    family_rarity: float | None


def pattern_of(one: Profile, other: Profile, rarity: Rarity = EVERYBODY) -> Pattern:
    """Compare two records on everything that both have."""
    given, family, order = names = names_alike(one, other)
    return Pattern(
        (
            *names,
            births_alike(one, other).value,
            _sexes(one, other),
            phones_alike(one.phones, other.phones),
            address_alike(one.address, other.address, rarity),
        ),
        rarity.of_name(one.given, other.given) if (given, order) == _EQUAL else None,
        rarity.of_name(one.family, other.family) if (family, order) == _EQUAL else None,
    )


_EQUAL = ("same", "kept")
_Names = tuple[str, str, str]
NEAR = frozenset({"same", "sounds_close", "close", "nickname"})


def names_alike(one: Profile, other: Profile) -> _Names:
    """The names as they stand, exchanged, or one of them another name: whichever fits best."""
    kept = (alike(one.given, other.given), alike(one.family, other.family), "kept")
    if NEAR.issuperset(kept[:2]):
        return kept
    found = [kept, (alike(one.given, other.family), alike(one.family, other.given), "swapped")]
    found += [_by_other_name(name, other) for name in one.others]
    found += [_by_other_name(name, one) for name in other.others]
    return max(found, key=_bits)


def _by_other_name(name: tuple[str, ...], person: Profile) -> _Names:
    """Another name is one field of words: compare it with each of the two."""
    return alike(name, person.given), alike(name, person.family), "other_name"


@lru_cache(maxsize=1024)
def _bits(names: _Names) -> float:
    fields = zip(("given", "family", "order"), names, strict=True)
    return sum(GENERAL.bits(field, level) for field, level in fields)


RANK = ("same", "sounds_close", "close", "nickname", "sounds_alike", "starts_alike", "other", "not_known")


def alike(these: tuple[str, ...], those: tuple[str, ...]) -> str:
    """The best that any word of one name is to any word of the other, as a level."""
    if not these or not those:
        return "not_known"
    if len(these) == len(those) == 1:
        return _word_alike(these[0], those[0])
    return min((_word_alike(one, other) for one in these for other in those), key=RANK.index)


@lru_cache(maxsize=262_144)
def _word_alike(one: str, other: str) -> str:
    if one == other:
        return "same"
    shorter = min(len(one), len(other))
    distance = OSA.distance(one, other, score_cutoff=2)
    sounds = shorter >= 3 and sound(one) == sound(other)
    if shorter >= 3 and (distance == 1 or (distance == 2 and shorter >= 6)):
        return "sounds_close" if sounds else "close"
    if are_nicknames(one, other):
        return "nickname"
    if sounds:
        return "sounds_alike"
    if shorter >= 4 and JaroWinkler.similarity(one, other) >= 0.88:
        return "starts_alike"
    return "other"


def births_alike(one: Profile, other: Profile) -> Birth:
    """How two dates of birth stand to each other, or the years two ages leave."""
    found = births.compare(one.born, other.born)
    return _ages(one, other) if found is Birth.NOT_KNOWN else found


def _ages(one: Profile, other: Profile) -> Birth:
    first, second = _years(one), _years(other)
    if first is None or second is None:
        return Birth.NOT_KNOWN
    return Birth.AGE_FITS if first[0] <= second[1] and second[0] <= first[1] else Birth.OTHER


def _years(profile: Profile) -> tuple[int, int] | None:
    return (int(profile.born[:4]), int(profile.born[:4])) if profile.born else profile.years


def _sexes(one: Profile, other: Profile) -> str:
    if one.sex not in _TOLD or other.sex not in _TOLD:
        return "not_known"
    return "same" if one.sex == other.sex else "other"


def phones_alike(one: Phones, other: Phones) -> str:
    """Whether two people have a telephone in common, as a level."""
    if not one or not other:
        return "not_known"
    return "other" if frozenset(one).isdisjoint(other) else "same"


def address_alike(one: Parts, other: Parts, rarity: Rarity = EVERYBODY) -> str:
    """How much of the smaller address the larger has too, as a level."""
    if not one or not other:
        return "not_known"
    shared = frozenset(one).intersection(other)
    if not shared:
        return "other"
    smaller = min(rarity.of_address(one), rarity.of_address(other))
    share = rarity.of_parts(shared) / smaller + ROUNDED
    return next((level for level, least in SHARES if share >= least), "other")


# Parts are added up in any order, which must not move a share across a border.
ROUNDED = 1e-9
SHARES = (("same", 0.95), ("most", 0.75), ("half", 0.5), ("some", 0.3), ("little", 0.15))
