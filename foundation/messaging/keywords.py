"""Replies that are instructions: one word, whatever its case and punctuation. Pure.

Anything longer is somebody talking to us, and a person reads it.
"""

from __future__ import annotations

import unicodedata

from foundation.messaging.enums import Keyword

# The carriers' list, and how Welsh speakers would say it (domain.md section 4: STOP and its synonyms).
STOP_WORDS = frozenset(
    {
        "stop",
        "stopall",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "optout",
        "revoke",
        "stopio",
        "stopiwch",
        "peidio",
        "peidiwch",
        "dileu",
    }
)
START_WORDS = frozenset({"start", "unstop", "subscribe", "dechrau", "dechreuwch"})


def keyword_of(text: str) -> Keyword:
    """The instruction that `text` is, or `Keyword.NONE`."""
    words = text.split()
    if len(words) != 1:
        return Keyword.NONE
    letters = "".join(c for c in unicodedata.normalize("NFKC", words[0]) if c.isalnum()).casefold()
    if letters in STOP_WORDS:
        return Keyword.STOP
    return Keyword.START if letters in START_WORDS else Keyword.NONE
