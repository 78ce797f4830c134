"""Names as the person finder reads them: any script, any order, split, with what each word sounds like. Pure.

Transliteration is `anyascii`'s and knowledge of nicknames is `nicknames`'; what is done with them is here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from zlib import crc32

from anyascii import anyascii
from nicknames import NickNamer

# Words that join a name and are often left out: they count only in the joined form.
PARTICLES = frozenset(
    {
        "al", "el", "ul", "o", "de", "del", "della", "der", "den", "des", "di", "da", "dos", "du", "la",
        "le", "van", "von", "ten", "ter", "bin", "bint", "ibn", "ben", "abu", "mac", "mc", "st",
    }
)  # fmt: skip
_BREAK = re.compile(r"[^a-z0-9]+")
_SOUNDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(kn|gn|pn|wr|ps)", lambda found: found.group()[1]),
        (r"^x", "s"),
        (r"ph", "f"),
        (r"(sch|tch|sh|ch|cz|tsh)", "x"),
        (r"(?<=.)(gh|kh)", ""),
        (r"^(gh|kh)", "k"),
        (r"(ck|q|c(?![eiy]))", "k"),
        (r"(c|z)", "s"),
        (r"dg|j|g(?=[eiy])", "j"),
        (r"th", "t"),
        (r"v", "f"),
        (r"[wy](?=[aeiou])", ""),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiouyhw]+", "a"),
        (r"d", "t"),
        (r"b", "p"),
        (r"(.)\1+", r"\1"),
    )
)
_nicknamer = NickNamer()


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small ASCII letters, in order; joined once more where there are several.

    "O'Brien-Nkemelu" gives obrien, nkemelu and what they make together.
    """
    plain = anyascii(name.replace("\u2019", "'")).lower().replace("'", "").replace("`", "")
    found = [part for part in _BREAK.split(plain) if part]
    own = [part for part in found if part not in PARTICLES] or found
    return tuple(dict.fromkeys([*own, "".join(found)])) if len(found) > 1 else tuple(own)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """What a word sounds like: its consonants, those that are mistaken for each other as one."""
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=65_536)
def _whole(word: str) -> frozenset[str]:
    """The names this one is short for."""
    return frozenset(_nicknamer.canonicals_of(word))


@lru_cache(maxsize=65_536)
def _short(word: str) -> frozenset[str]:
    """The names that are short for this one."""
    return frozenset(_nicknamer.nicknames_of(word))


def are_nicknames(one: str, other: str) -> bool:
    """Whether one is a form of the other, or both are of a third."""
    whole, of_other = _whole(one), _whole(other)
    if other in whole or one in of_other or not whole.isdisjoint(of_other):
        return True
    return other in _short(one) or one in _short(other)


@lru_cache(maxsize=65_536)
def nickname_marks(word: str) -> int:
    """Sixty-two bits, of which two words have one in common if one may stand for the other.

    None where a word is a form of no name and no name a form of it. Words that have none in common are no
    nicknames of each other; others have to be compared.
    """
    if not (_whole(word) or _short(word)):
        return 0
    marks = 0
    for name in (word, *_whole(word)):
        marks |= 1 << crc32(name.encode()) % 62
    return marks


def _one_left_out(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 3 else set()


@lru_cache(maxsize=4096)
def nearly_as_short(word: str) -> frozenset[str]:
    """What a word of two or three letters is with one of them another, or one more: Lo, Leo and Lea.

    Keys with one letter left out would bring half the dictionary to words this short.
    """
    if not 2 <= len(word) <= 3:
        return frozenset()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    more = {f"{before}{letter}{after}" for before, after in parts for letter in ascii_lowercase}
    other = {f"{before}{letter}{after[1:]}" for before, after in parts if after for letter in ascii_lowercase}
    return frozenset(more | other) - {word}


@lru_cache(maxsize=65_536)
def keys_of(word: str) -> tuple[int, ...]:
    """The keys two words share where one may stand for the other, as the integers Postgres keeps.

    Itself and itself with one letter left out (one letter wrong, more, fewer or two exchanged), its
    sound, how it begins, and the names it is a form of.
    """
    found = {f"w{word}", f"w{word[:-1]}" if len(word) > 3 else f"w{word}"}
    found |= {f"w{one}" for one in _one_left_out(word)}
    found.add(f"s{sound(word)}")
    if len(word) >= 4:
        found.add(f"p{word[:4]}")
    found |= {f"n{name}" for name in {*_whole(word), word}}
    return tuple(sorted(_integer(key) for key in found))


@lru_cache(maxsize=65_536)
def word_id(word: str) -> int:
    """The number that stands for a word in the keys of people: made of the word, so no table gives it out."""
    return _integer(f"w{word}")


def _integer(key: str) -> int:
    """A key as a signed four-byte integer. Two keys that meet by chance cost a candidate, no answer."""
    number = crc32(key.encode())
    return number - (1 << 32) if number >= 1 << 31 else number
