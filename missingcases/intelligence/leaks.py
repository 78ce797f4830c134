"""Whether sanitised text repeats what would tell who the source is. Pure.

It looks for what is known of the source, word for word and number for number, and for every telephone
number, e-mail address and postcode that the original text holds. A warning is for a person to judge:
words can give a source away in ways no machine sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from foundation.contributions import Identity

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]{6,}\d")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that the sanitised text of a line repeats: which line, of what kind, and the words."""

    line: int
    kind: str
    words: str


def leaks_in(lines: Sequence[tuple[str, str]], known: Iterable[Identity]) -> list[Leak]:
    """What each line (original, sanitised) repeats, in order, each once."""
    identities = list(known)
    found: dict[Leak, None] = {}
    for number, (original, sanitised) in enumerate(lines, start=1):
        for kind, words in (*_told(sanitised, identities), *_repeated(original, sanitised)):
            found.setdefault(Leak(number, kind, words))
    return list(found)


def _told(sanitised: str, known: list[Identity]) -> Iterable[tuple[str, str]]:
    """What is known of the source and stands in the sanitised text."""
    plain, digits = _plain(sanitised), _digits(sanitised)
    for one in known:
        yield from (("name", name) for name in _parts(one.names) if f" {_plain(name).strip()} " in plain)
        yield from (("number", said) for said in one.numbers if _has_number(digits, said))
        yield from (("email", said) for said in one.emails if said and said.lower() in sanitised.lower())
        yield from (("address", said) for said in one.addresses if _has_address(plain, said))


def _repeated(original: str, sanitised: str) -> Iterable[tuple[str, str]]:
    """Numbers, e-mail addresses and postcodes that stand in both texts."""
    digits, close = _digits(sanitised), sanitised.lower().replace(" ", "")
    yield from (("number", said) for said in _NUMBER.findall(original) if _has_number(digits, said))
    yield from (("email", said) for said in _EMAIL.findall(original) if said.lower() in close)
    for said in _POSTCODE.findall(original):
        if said.lower().replace(" ", "") in close:
            yield "address", said


def _parts(names: tuple[str, ...]) -> Iterable[str]:
    """Each name whole and each of its words, but initials and the shortest."""
    for name in names:
        words = [word for word in _plain(name).split() if len(word) >= _SHORTEST_NAME]
        yield from words


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(anyascii(text).lower()))} "


def _digits(text: str) -> list[str]:
    return [_national(said) for said in _NUMBER.findall(text)]


def _national(said: str) -> str:
    """A number's digits without the country or the leading nought, as two writings of it agree."""
    return "".join(char for char in said if char.isdigit()).removeprefix("44").removeprefix("0")


def _has_number(digits: list[str], said: str) -> bool:
    wanted = _national(said)
    return len(wanted) >= _SHORTEST_NUMBER and any(wanted in one for one in digits)


def _has_address(plain: str, said: str) -> bool:
    """Its first line (a number and a street), or its postcode however it is spaced."""
    first = _plain(said.split(",", maxsplit=1)[0].splitlines()[0] if said.strip() else "").strip()
    codes = [code.lower().replace(" ", "") for code in _POSTCODE.findall(said)]
    close = plain.replace(" ", "")
    return (" " in first and f" {first} " in plain) or any(code in close for code in codes)
