"""Our own engine over a table: the blocks and the scoring of the product, without its database."""

from __future__ import annotations

from benchmarks.matching.records import Data, Pair, Record
from missingcases.matching.comparing import Profile
from missingcases.matching.duplicates import Compared
from missingcases.matching.places import place_keys, word_keys
from missingcases.matching.weights import DUPLICATE, Weights
from missingcases.matching.words import words

# How far below the threshold pairs are kept, so that the best there could be is seen, in bits.
BELOW = 10


def profile(one: Record) -> Profile:
    """A record as the product compares it."""
    return Profile(
        given=words(one.given),
        family=words(one.family),
        born=one.born,
        sex=one.sex,
        phones=frozenset({one.phone} if one.phone else ()),
        address=frozenset(word_keys(one.address)),
        places=frozenset(place_keys(one.address)),
    )


def profiles(data: Data) -> dict[int, Profile]:
    """Every record's profile by its position."""
    return {at: profile(one) for at, one in enumerate(data.records)}


def scored(data: Data) -> dict[Pair, float]:
    """Pairs that are not far from likely, with the bits of their odds above what is asked of a duplicate."""
    return scored_of(data, profiles(data))


def scored_of(data: Data, known: dict[int, Profile]) -> dict[Pair, float]:
    """The same of profiles that stand ready, as Splink's tables do."""
    looked = compared(data, known)
    return weighed(looked, looked.fitted())


def compared(data: Data, known: dict[int, Profile]) -> Compared:
    """The table looked through once."""
    if data.linked:
        return Compared(known.items(), counts=data.counts, pairs=data.pairs())
    return Compared(known.items())


def weighed(looked: Compared, fitted: Weights) -> dict[Pair, float]:
    """The pairs of a table by weights that were fitted to it."""
    found = looked.scored(fitted, least=DUPLICATE - BELOW)
    return {pair: score - DUPLICATE for pair, score in found.scores.items()}
