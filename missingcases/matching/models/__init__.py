"""What the person finder stores."""

from missingcases.matching.models.keys import NameToken, PersonKeys
from missingcases.matching.models.pairs import LikelyPair, PairStatus

__all__ = ["LikelyPair", "NameToken", "PairStatus", "PersonKeys"]
