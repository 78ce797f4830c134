"""The words that the words of a name may stand for, from the dictionary of all names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from foundation.prepared import array_of, fetch_all
from missingcases.matching.comparing import alike
from missingcases.matching.weights import GENERAL
from missingcases.matching.words import are_nicknames, keys_of, nearly_as_short, word_id

# How many words a word may stand for; most of a large dictionary only begins alike.
MOST = 40
LEAST_ALIKE = 0.55
# Key by key: asked for an overlap with all of them, Postgres reads the whole of a middling dictionary.
# A word of two or three letters shares no key with one that has another letter: those are asked for by name.
_HOLDERS = """
SELECT t.token FROM unnest(%(keys)s::int[]) AS key JOIN matching_nametoken t ON t.keys @> ARRAY[key]
UNION SELECT t.token FROM matching_nametoken t WHERE t.number = ANY(%(spelt)s::int[])
"""
_similarity = JaroWinkler.similarity


@dataclass(frozen=True, slots=True)
class StandIns:
    """Numbers of words, the likest first, with the bits each says where it stands as one of two names."""

    numbers: list[int]
    as_given: dict[int, float]
    as_family: dict[int, float]


def stand_ins(*names: tuple[str, ...]) -> list[StandIns]:
    """For each name the words it may be written as, with one look into the dictionary for all."""
    keys = {key for name in names for word in name for key in keys_of(word)}
    spelt = {word_id(one) for name in names for word in name for one in nearly_as_short(word)}
    tokens = _tokens(keys, spelt)
    return [_of_one(name, tokens) for name in names]


def _tokens(keys: set[int], spelt: set[int]) -> list[str]:
    if not keys:
        return []
    found = fetch_all(_HOLDERS, {"keys": array_of(sorted(keys)), "spelt": array_of(sorted(spelt))})
    return [token for (token,) in found]


def _of_one(name: tuple[str, ...], tokens: list[str]) -> StandIns:
    found: dict[str, tuple[bool, float, float]] = {}
    for word in name:
        for token, likeness in _near(word, tokens):
            # The word itself comes first, though one nearly like it says more for being rarer by chance.
            how = (token == word, GENERAL.bits("given", alike((word,), (token,))), likeness)
            found[token] = max(found.get(token, how), how)
    best = sorted(found, key=lambda token: (found[token], token), reverse=True)[:MOST]
    level = {word_id(token): alike(name, (token,)) for token in best}
    return StandIns(
        list(level),
        {number: GENERAL.bits("given", one) for number, one in level.items()},
        {number: GENERAL.bits("family", one) for number, one in level.items()},
    )


def _near(word: str, tokens: list[str]) -> Iterator[tuple[str, float]]:
    """The tokens written most like a word, and its nicknames, which may share no letter with it."""
    likest = process.extract(word, tokens, scorer=_similarity, limit=2 * MOST, score_cutoff=LEAST_ALIKE)
    yield from ((token, likeness) for token, likeness, _ in likest)
    yield from ((token, 0.0) for token in tokens if are_nicknames(word, token))
