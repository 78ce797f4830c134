"""How likely two records are one person, and why, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from missingcases.matching.comparing import Pattern, Profile, pattern_of
from missingcases.matching.rarity import EVERYBODY, Rarity
from missingcases.matching.weights import FIELDS, GENERAL, Weights


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
class Comparison:
    """How two records compare: bits for their being one person, and the reasons."""

    score: float
    reasons: tuple[Reason, ...]


def compare(
    one: Profile, other: Profile, rarity: Rarity = EVERYBODY, weights: Weights = GENERAL
) -> Comparison:
    """Compare two records on everything that both have; a rare name that agrees says more."""
    found = pattern_of(one, other, rarity)
    return Comparison(weights.score(found), reasons_of(found))


def reasons_of(found: Pattern) -> tuple[Reason, ...]:
    """Why two records that stand to each other like this may be one person."""
    reasons = (_reason(field, level) for field, level in zip(FIELDS, found.levels, strict=True))
    why = tuple(dict.fromkeys(one for one in reasons if one is not None))
    return (Reason.SAME_NAME, *why) if found.levels[:2] == ("same", "same") else why


def _reason(field: str, level: str) -> Reason | None:
    return _REASON_OF.get(level) if field in ("given", "family") else _OTHER_REASONS.get((field, level))


_REASON_OF = {
    "close": Reason.SIMILAR_NAME,
    "sounds_close": Reason.SOUNDS_ALIKE,
    "starts_alike": Reason.SIMILAR_NAME,
    "sounds_alike": Reason.SOUNDS_ALIKE,
    "nickname": Reason.NICKNAME,
}
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
