"""Names in the one form in which they are searched. Pure."""

from __future__ import annotations

import unicodedata

LONGEST = 250


def name_key(*parts: str) -> str:
    """Lower case, accents folded, single spaces."""
    folded = unicodedata.normalize("NFKD", " ".join(parts)).casefold()
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())[:LONGEST]
