"""What the person finder stores."""

from missingcases.matching.models.keys import NameToken, PersonKeys
from missingcases.matching.models.pairs import UNDECIDED, LikelyPair, PairStatus

__all__ = ["UNDECIDED", "LikelyPair", "NameToken", "PairStatus", "PersonKeys"]
