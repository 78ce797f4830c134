"""Replies that are instructions: one word, whatever its case and punctuation. Pure.

Anything longer is somebody talking to us, and a person reads it.
"""

from __future__ import annotations

import re
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
# Written so on purpose: somebody who answers us with "Say hello to my mum" means something else.
_SAY = re.compile(r"\s*(?:SAY|(?i:say something))\b[\s:.,-]*(?P<words>.+)", re.DOTALL)
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


def said_by_nobody(text: str) -> str | None:
    """What stands after SAY: told by somebody who stays unknown. None where the text does not begin so."""
    found = _SAY.fullmatch(text)
    return found["words"].strip() or None if found else None
