"""Records of people as keyed bit patterns that can be compared and not read.

A cryptographic long-term key (Schnell, Bachteler and Reiher 2011) as a record-level Bloom filter, hardened as
docs/blind-matching.md says why: places drawn by a keyed digest and not by double hashing (Niedermeyer and
others 2014), each pattern folded in half by exclusive or (Schnell and Borgs 2016). Only the standard library
and the form of names are needed, so that a partner can run the same code beside its own records.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from missingcases.names import name_key

FORMAT = "harbour-blind-1"
WIDE = 2048  # places before folding
BITS = WIDE // 2
BYTES = BITS // 8
KEY_BYTES = 32
# How many places each part of a field sets: names and the day of birth say the most of who somebody is.
PLACES = {"name": 16, "born": 12, "postcode": 10, "sex": 8, "town": 7}
FIELDS = ("given_names", "family_name", "date_of_birth", "sex", "postcode", "town")
_KEY = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")
_UK_POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?)\d[a-z]{2}")
_BIRTHS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
)


class NotAKey(ValueError):
    """What was given as a key is none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person, as it is written in a record; empty where it is not known."""

    given_names: str = ""
    family_name: str = ""
    date_of_birth: str = ""
    sex: str = ""
    postcode: str = ""
    town: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether it can be compared at all: both names, or one of them with a day of birth or a place."""
        names = bool(self.given_names.strip()) + bool(self.family_name.strip())
        more = bool(birth_digits(self.date_of_birth)) or bool(self.postcode.strip())
        return names == 2 or (names == 1 and more)


def new_key() -> str:
    """A new key of a pair, as 64 hexadecimal digits."""
    return secrets.token_hex(KEY_BYTES)


def key_bytes(written: str) -> bytes:
    """The key as bytes. Raises `NotAKey`."""
    plain = written.strip().lower()
    if not _KEY.fullmatch(plain):
        raise NotAKey(f"A key has {2 * KEY_BYTES} hexadecimal digits.")
    return bytes.fromhex(plain)


def key_mark(key: bytes) -> str:
    """Which key it is, told without telling the key: 16 hexadecimal digits."""
    return hmac.digest(key, b"mark", "sha256").hex()[:16]


def seal(key: bytes, rows: Iterable[tuple[str, str]]) -> str:
    """A digest under the key over every label and pattern in their order: who changes one is found out."""
    made = hmac.new(key, f"seal {FORMAT}".encode(), "sha256")
    for label, pattern in rows:
        made.update(f"\n{label},{pattern}".encode())
    return made.hexdigest()


def pattern_of(known: Known, key: bytes) -> bytes:
    """What is compared of one person: `BYTES` bytes."""
    wide = 0
    for field, part in _parts(known):
        wide |= _places(key, field, part)
    return ((wide >> BITS) ^ (wide & (1 << BITS) - 1)).to_bytes(BYTES, "big")


def as_text(pattern: bytes) -> str:
    """A pattern as it is written in a file."""
    return base64.b64encode(pattern).decode()


def known_from(row: Mapping[str, str | None]) -> Known:
    """One row of a table with the columns `FIELDS`; others are left aside."""
    return Known(**{name: (row.get(name) or "").strip() for name in FIELDS})


def birth_digits(written: str) -> str:
    """A day of birth as year, month and day in eight digits; empty where it is not whole."""
    for form in _BIRTHS:
        if found := form.fullmatch(written.strip()):
            return f"{found['year']}{int(found['month']):02}{int(found['day']):02}"
    return ""


def district(postcode: str) -> str:
    """The first half of a British postcode, which is a district; another country's as it is."""
    plain = "".join(c for c in name_key(postcode) if c.isalnum())
    found = _UK_POSTCODE.fullmatch(plain)
    return found[1] if found else plain


@lru_cache(maxsize=200_000)
def _places(key: bytes, field: str, part: str) -> int:
    """The places that one part of a field sets, as a number with these bits."""
    drawn = hmac.digest(key, f"{field}\x00{part}".encode(), "sha512")
    found = 0
    for at in range(PLACES[field]):
        found |= 1 << int.from_bytes(drawn[2 * at : 2 * at + 2], "big") % WIDE
    return found


def _parts(known: Known) -> Iterator[tuple[str, str]]:
    """Pairs of letters of words; of a birth its year, month, day and digits. Names share one space, as they
    are at times exchanged."""
    for name in (known.given_names, known.family_name):
        yield from (("name", part) for part in _pairs(name))
    if born := birth_digits(known.date_of_birth):
        yield from (("born", part) for part in (f"y{born[:4]}", f"m{born[4:6]}", f"d{born[6:]}"))
        yield from (("born", f"{at}{digit}") for at, digit in enumerate(born[2:]))
    if sex := name_key(known.sex)[:1]:
        yield "sex", sex
    yield from (("postcode", part) for part in _pairs(district(known.postcode)))
    yield from (("town", part) for part in _pairs(known.town))


def _pairs(words: str) -> set[str]:
    plain = "".join(c if c.isalnum() else " " for c in name_key(words).replace("'", ""))
    padded = f"_{'_'.join(plain.split())}_"
    return {padded[at : at + 2] for at in range(len(padded) - 1)} if len(padded) > 2 else set()
