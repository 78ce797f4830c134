"""Words as they can be looked for in text that is kept encrypted: one keyed number for each word. Pure.

A word is brought to a plain stem first, so that "cars" finds "car". The numbers can be compared and not be
read back without the key; that one word stands in two reports is what they give away (docs/adr).
"""

from __future__ import annotations

import re

from anyascii import anyascii

from foundation.fields import blind_index

_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST = 2
MOST_ASKED = 12
# Said so often that they tell nothing.
_COMMON = frozenset(
    {
        "the", "and", "for", "with", "was", "were", "are", "has", "have", "had", "her", "his", "him", "she",
        "they", "them", "that", "this", "from", "not", "but", "who", "at", "in", "on", "to", "of", "is", "it",
        "be", "by", "an", "as", "or", "he", "we", "you",
    }
)  # fmt: skip
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
# Written together or apart, a number plate is one word, and a telephone number too.
_PLATE = re.compile(r"\b([a-z]{2}\d{2})\s([a-z]{3})\b")
_GAP = re.compile(r"(?<=\d)[ -](?=\d)")
_STEM = 3


def keys_of(text: str) -> list[int]:
    """The numbers of the words of `text`, each once, in order."""
    return sorted({_key(word) for word in _words(text)})


def asked(text: str) -> list[int]:
    """The numbers of the words somebody looks for; at most `MOST_ASKED`."""
    return list(dict.fromkeys(_key(word) for word in _words(text)))[:MOST_ASKED]


def _words(text: str) -> list[str]:
    plain = anyascii(text.replace("'", "").replace("’", "")).lower()
    found = _WORD.findall(_GAP.sub("", _PLATE.sub(r"\1\2", plain)))
    return [_stem(word) for word in found if len(word) >= _SHORTEST and word not in _COMMON]


def _stem(word: str) -> str:
    """The word without its commonest endings; numbers and short words as they are."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM and not word[0].isdigit():
            return (word[: -len(ending)] + instead).removesuffix("e")
    return word.removesuffix("e") if len(word) > _STEM else word


def _key(word: str) -> int:
    """63 bits of a keyed digest, as Postgres keeps them."""
    return int(blind_index(word, purpose="intelligence.word")[:16], 16) >> 1
