"""Who an actor may find, and how likely they are the person asked for."""

from missingcases.matching.selectors.likely import (
    Elsewhere,
    Found,
    Match,
    Wanted,
    contact_of,
    likely_people,
    likely_record_at,
    wanted_of,
)

__all__ = [
    "Elsewhere",
    "Found",
    "Match",
    "Wanted",
    "contact_of",
    "likely_people",
    "likely_record_at",
    "wanted_of",
]
