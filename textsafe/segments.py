"""Whether a text may be used as a wording. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from foundation.messaging.segments import Measure, measure

# A wording names no one, no police, no reference, no risk and no place (domain.md section 4).
_FORBIDDEN_WORDS = (
    "police",
    "officer",
    "constable",
    "detective",
    "reported",
    "incident",
    "risk",
    "danger",
    "custody",
    "wanted",
    "heddlu",
)


def problems(text: str, *, places: Iterable[str] = ()) -> tuple[str, ...]:
    """Why `text` may not be used as a wording, in words that say what to do; empty where it may."""
    found: list[str] = []
    size = measure(text)
    if not text.strip():
        return ("Write the text.",)
    if not size.is_one:
        found.append(_too_long(size))
    lowered = text.lower()
    found += [
        f"Take out “{word}”: the text must not show who asked for it or why."
        for word in _FORBIDDEN_WORDS
        if re.search(rf"\b{word}", lowered)
    ]
    found += [
        f"Take out “{place}”: the text must name no place."
        for place in places
        if re.search(rf"\b{re.escape(place.lower())}\b", lowered)
    ]
    if re.search(r"[{}<>\[\]]", text):
        found.append("Take out the brackets: the same text goes to everybody, and names no one.")
    if "116000" not in lowered.replace(" ", ""):
        found.append("Give the number of the helpline, 116000.")
    if "STOP" not in text:
        found.append("Say how to end the texts, with the word STOP.")
    if re.search(r"https?:|www\.", lowered):
        found.append("Take out the address: a link shows on the lock screen and may be followed by others.")
    return tuple(found)


def _too_long(size: Measure) -> str:
    if size.outside_gsm:
        return (
            f"Too long by {size.units - size.limit}: with {', '.join(size.outside_gsm)} only {size.limit} "
            "characters fit. Shorten it, or use plain letters."
        )
    return f"Too long by {size.units - size.limit}: one text holds {size.limit} characters."
