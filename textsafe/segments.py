"""How many segments a text takes on the air, and whether it may be used as a wording. Pure.

GSM 7-bit default alphabet and extension table: 3GPP TS 23.038 section 6.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # each takes two septets: an escape and itself

# One segment and, where the text is split, each of several (the header takes the rest).
_LIMITS = {"GSM-7": (160, 153), "UCS-2": (70, 67)}

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


@dataclass(frozen=True, slots=True)
class Measure:
    """A text on the air: its encoding, the units it takes, how many segments, what forced the encoding."""

    encoding: str
    units: int
    segments: int
    limit: int
    outside_gsm: str

    @property
    def is_one(self) -> bool:
        """Whether it is one segment, as every TextSafe wording must be."""
        return self.segments == 1


def measure(text: str) -> Measure:
    """Measure `text`: septets in GSM-7, or 16-bit units in UCS-2 once one character is outside GSM-7."""
    outside = "".join(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED))
    if outside:
        encoding, units = "UCS-2", len(text.encode("utf-16-be")) // 2
    else:
        encoding, units = "GSM-7", sum(2 if char in _EXTENDED else 1 for char in text)
    one, each = _LIMITS[encoding]
    segments = 1 if units <= one else -(-units // each)
    return Measure(encoding, units, segments, one, outside)


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
