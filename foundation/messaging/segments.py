"""How many segments a text takes on the air. Pure.

GSM 7-bit default alphabet and extension table: 3GPP TS 23.038 section 6.2.1.
"""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # each takes two septets: an escape and itself

# One segment and, where the text is split, each of several (the header takes the rest).
_LIMITS = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


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
        """Whether it goes out as one segment."""
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
