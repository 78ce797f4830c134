"""Who an actor may find, and how likely they are the person asked for."""

from missingcases.matching.selectors.likely import Elsewhere, Found, Match, Wanted, likely_people

__all__ = ["Elsewhere", "Found", "Match", "Wanted", "likely_people"]
