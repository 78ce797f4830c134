"""Addresses as keyed digests, by which equal ones are found and nothing can be read back."""

from __future__ import annotations

import re
from itertools import pairwise

from anyascii import anyascii

from foundation.fields import blind_index

PURPOSE = "address"
# What an address has whether or not it is the same one.
_COMMON = frozenset(
    {
        "road", "rd", "street", "st", "avenue", "ave", "lane", "ln", "drive", "close", "court", "ct",
        "place", "pl", "way", "crescent", "cres", "circuit", "terrace", "flat", "unit", "apartment", "apt",
        "house", "the", "of", "and",
    }
)  # fmt: skip
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")


def parts(text: str) -> tuple[str, ...]:
    """The words and numbers that tell an address from another, a postcode as one, in order."""
    plain = _POSTCODE.sub(r"\1\2", anyascii(text).lower().replace("'", ""))
    found = re.findall(r"[a-z0-9]+", plain)
    return tuple(dict.fromkeys(part for part in found if part not in _COMMON))


def digest(part: str) -> int:
    """One part as a signed eight-byte integer that only this installation's index key makes."""
    return int(blind_index(part, purpose=PURPOSE)[:16], 16) - (1 << 63)


def word_keys(text: str) -> set[int]:
    """A digest of each part: how many two addresses share says how alike they are."""
    return {digest(part) for part in parts(text)}


def place_keys(text: str) -> set[int]:
    """Digests of a postcode, of neighbouring parts with a number, and of the first number with each part.

    Rare enough, and one of them stays where the street and the postcode are both written wrong.
    """
    found = parts(text)
    postcodes = {one for one in found if len(one) >= 4 and any(letter.isdigit() for letter in one)}
    near = {" ".join(pair) for pair in pairwise(found) if any(one[0].isdigit() for one in pair)}
    number = next((one for one in found if one[0].isdigit()), "")
    with_number = {f"{number} {one}" for one in found if number and one != number}
    return {digest(one) for one in postcodes | near | with_number}
