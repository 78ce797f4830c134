"""What the person finder stores."""

from missingcases.matching.models.keys import NO_WORD, NamePair, NameToken, PersonKeys, pair_of
from missingcases.matching.models.pairs import UNDECIDED, LikelyPair, PairStatus

__all__ = [
    "NO_WORD",
    "UNDECIDED",
    "LikelyPair",
    "NamePair",
    "NameToken",
    "PairStatus",
    "PersonKeys",
    "pair_of",
]
