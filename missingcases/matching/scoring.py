"""How likely two records are one person, and why, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from missingcases.matching import births, weights
from missingcases.matching.births import Birth
from missingcases.matching.rarity import EVERYBODY, Rarity
from missingcases.matching.words import are_nicknames, sound


class Reason(StrEnum):
    """Why two records may be one person."""

    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SOUNDS_ALIKE = "sounds_alike"
    NICKNAME = "nickname"
    NAMES_SWAPPED = "names_swapped"
    OTHER_NAME = "other_name"
    SAME_BIRTH = "same_birth"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_NEXT_DAY = "birth_next_day"
    BIRTH_ONE_DIGIT = "birth_one_digit"
    BIRTH_TWO_DIGITS = "birth_two_digits"
    AGE_FITS = "age_fits"
    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    SIMILAR_ADDRESS = "similar_address"


WORDS: dict[Reason, str] = {
    Reason.SAME_NAME: "same name",
    Reason.SIMILAR_NAME: "name spelt differently",
    Reason.SOUNDS_ALIKE: "sounds alike",
    Reason.NICKNAME: "nickname",
    Reason.NAMES_SWAPPED: "given and family name swapped",
    Reason.OTHER_NAME: "another name they go by",
    Reason.SAME_BIRTH: "same date of birth",
    Reason.BIRTH_SWAPPED: "day and month swapped",
    Reason.BIRTH_NEXT_DAY: "birth date one day off",
    Reason.BIRTH_ONE_DIGIT: "birth date one digit off",
    Reason.BIRTH_TWO_DIGITS: "birth date two digits off",
    Reason.AGE_FITS: "age fits",
    Reason.SAME_PHONE: "same phone",
    Reason.SAME_ADDRESS: "same address",
    Reason.SIMILAR_ADDRESS: "similar address",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one record. `born` is eight digits or empty, `years` the years an age leaves."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    born: str = ""
    years: tuple[int, int] | None = None
    sex: str = ""
    phones: frozenset[str] = frozenset()
    address: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two records compare: bits for their being one person, and the reasons."""

    score: float
    reasons: tuple[Reason, ...]


def compare(one: Profile, other: Profile, rarity: Rarity = EVERYBODY) -> Comparison:
    """Compare two records on everything that both have; a rare name that agrees says more."""
    found = levels(one, other, rarity)
    bits = {field: weights.TABLE[field][level] for field, level in found.items()}
    if found["order"] == "kept":
        bits |= _rare_names(one, other, found, rarity)
    shared = sum(bits[field] for field in _HOUSEHOLD)
    own = sum(value for field, value in bits.items() if field not in _HOUSEHOLD)
    if found["given"] == "other" or found["birth"] in _ANOTHER_BIRTH:
        shared = min(shared, weights.HOUSEHOLD)
    reasons = (reason for field, level in found.items() for reason in _reasons(field, level))
    why = tuple(dict.fromkeys(reasons))
    if found["given"] == found["family"] == "same":
        why = (Reason.SAME_NAME, *why)
    return Comparison(own + shared, why)


def _rare_names(one: Profile, other: Profile, found: dict[str, str], rarity: Rarity) -> dict[str, float]:
    names = {"given": (one.given, other.given), "family": (one.family, other.family)}
    bits = {field: rarity.of_name(*pair) for field, pair in names.items() if found[field] == "same"}
    return {field: value for field, value in bits.items() if value is not None}


# What the people of one household share, and what is each one's own.
_HOUSEHOLD = ("family", "address", "phone")
_ANOTHER_BIRTH = frozenset({"other", "two_digits"})


def levels(one: Profile, other: Profile, rarity: Rarity = EVERYBODY) -> dict[str, str]:
    """How the two stand to each other, field by field, as levels of `weights.TABLE`."""
    return {
        **_names(one, other),
        "birth": _births(one, other).value,
        "sex": _sexes(one, other),
        "phone": _phones(one, other),
        "address": address_alike(one.address, other.address, rarity),
    }


def _names(one: Profile, other: Profile) -> dict[str, str]:
    """The names as they stand, exchanged, or one of them another name: whichever fits best."""
    found = [
        _as_fields(alike(one.given, other.given), alike(one.family, other.family), "kept"),
        _as_fields(alike(one.given, other.family), alike(one.family, other.given), "swapped"),
    ]
    found += [_by_other_name(name, other) for name in one.others]
    found += [_by_other_name(name, one) for name in other.others]
    return max(found, key=lambda names: sum(weights.TABLE[field][level] for field, level in names.items()))


def _as_fields(given: str, family: str, order: str) -> dict[str, str]:
    return {"given": given, "family": family, "order": order}


def _by_other_name(name: tuple[str, ...], person: Profile) -> dict[str, str]:
    """Another name is one field of words: compare it with each of the two."""
    return _as_fields(alike(name, person.given), alike(name, person.family), "other_name")


_REASON_OF = {
    "close": Reason.SIMILAR_NAME,
    "sounds_close": Reason.SOUNDS_ALIKE,
    "starts_alike": Reason.SIMILAR_NAME,
    "sounds_alike": Reason.SOUNDS_ALIKE,
    "nickname": Reason.NICKNAME,
}
_RANK = ("same", "sounds_close", "close", "nickname", "sounds_alike", "starts_alike", "other", "not_known")


def alike(these: tuple[str, ...], those: tuple[str, ...]) -> str:
    """The best that any word of one name is to any word of the other, as a level of its `weights.TABLE`."""
    if not these or not those:
        return "not_known"
    return min((_word_alike(one, other) for one in these for other in those), key=_RANK.index)


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


_OTHER_REASONS: dict[tuple[str, str], Reason] = {
    ("order", "swapped"): Reason.NAMES_SWAPPED,
    ("order", "other_name"): Reason.OTHER_NAME,
    ("birth", "same"): Reason.SAME_BIRTH,
    ("birth", "swapped"): Reason.BIRTH_SWAPPED,
    ("birth", "next_day"): Reason.BIRTH_NEXT_DAY,
    ("birth", "one_digit"): Reason.BIRTH_ONE_DIGIT,
    ("birth", "two_digits"): Reason.BIRTH_TWO_DIGITS,
    ("birth", "age_fits"): Reason.AGE_FITS,
    ("phone", "same"): Reason.SAME_PHONE,
    ("address", "same"): Reason.SAME_ADDRESS,
    ("address", "most"): Reason.SAME_ADDRESS,
    ("address", "half"): Reason.SIMILAR_ADDRESS,
}


def _reasons(field: str, level: str) -> tuple[Reason, ...]:
    found = _REASON_OF.get(level) if field in ("given", "family") else _OTHER_REASONS.get((field, level))
    return () if found is None else (found,)


def _births(one: Profile, other: Profile) -> Birth:
    found = births.compare(one.born, other.born)
    return _ages(one, other) if found is Birth.NOT_KNOWN else found


def _ages(one: Profile, other: Profile) -> Birth:
    first, second = _years(one), _years(other)
    if first is None or second is None:
        return Birth.NOT_KNOWN
    return Birth.AGE_FITS if first[0] <= second[1] and second[0] <= first[1] else Birth.OTHER


def _years(profile: Profile) -> tuple[int, int] | None:
    return (int(profile.born[:4]), int(profile.born[:4])) if profile.born else profile.years


_TOLD = frozenset({"female", "male"})


def _sexes(one: Profile, other: Profile) -> str:
    if one.sex not in _TOLD or other.sex not in _TOLD:
        return "not_known"
    return "same" if one.sex == other.sex else "other"


def _phones(one: Profile, other: Profile) -> str:
    if not one.phones or not other.phones:
        return "not_known"
    return "same" if one.phones & other.phones else "other"


def address_alike(one: frozenset[int], other: frozenset[int], rarity: Rarity = EVERYBODY) -> str:
    """How much of the smaller address the larger has too, as a level of its `weights.TABLE`."""
    if not one or not other:
        return "not_known"
    shared = one & other
    share = rarity.of_parts(shared) / min(rarity.of_parts(one), rarity.of_parts(other))
    if len(shared) < 2:
        return "some" if shared and share >= 0.25 else "other"
    return "same" if share >= 0.95 else "most" if share >= 0.7 else "half" if share >= 0.45 else "some"


_KINDS = (
    frozenset({Reason.SAME_BIRTH, Reason.BIRTH_SWAPPED, Reason.BIRTH_NEXT_DAY, Reason.BIRTH_ONE_DIGIT}),
    frozenset({Reason.SAME_PHONE}),
    frozenset({Reason.SAME_ADDRESS}),
    frozenset(
        {
            Reason.SAME_NAME,
            Reason.SIMILAR_NAME,
            Reason.SOUNDS_ALIKE,
            Reason.NICKNAME,
            Reason.OTHER_NAME,
        }
    ),
)


def kinds_of(found: Comparison) -> int:
    """How many kinds of thing agree: birth, telephone, address, names."""
    return sum(not kind.isdisjoint(found.reasons) for kind in _KINDS)


def in_words(reasons: Iterable[str]) -> tuple[str, ...]:
    """Reasons as people read them."""
    return tuple(WORDS[Reason(one)] for one in reasons)
