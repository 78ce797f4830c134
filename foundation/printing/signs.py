"""Which signs our fonts draw, and what is put in the place of those that none draws.

A missing glyph would print as an empty box, and would fail a PDF/UA outright. A letter is written in
Latin letters instead; anything else (an emoji, say) is left out. Whoever prints is told of both.
"""

from __future__ import annotations

import bisect
import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

FONTS = Path(__file__).parent / "fonts"
# Marks that turn the direction of what follows: in a name they could make a text read as another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = {"\t": " ", "\r": " ", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"}


def printable(data: Any) -> tuple[Any, tuple[str, ...]]:
    """The same data with every text made printable, and the names of the signs that no font has."""
    missing: dict[str, None] = {}
    return _printable(data, missing), tuple(missing)


def undrawn(text: str) -> tuple[str, ...]:
    """The names of the signs in `text` that no font draws, for a form that wants to say so early."""
    return printable(text)[1]


def _printable(data: Any, missing: dict[str, None]) -> Any:
    if isinstance(data, str):
        return _text(data, missing)
    if isinstance(data, Mapping):
        return {key: _printable(value, missing) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_printable(value, missing) for value in data]
    return data


def _text(text: str, missing: dict[str, None]) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(_sign(sign, missing) for sign in composed)


def _sign(sign: str, missing: dict[str, None]) -> str:
    sign = _SPACES.get(sign, sign)
    if sign == "\n":
        return sign
    kind = unicodedata.category(sign)
    if sign in _TURNING or kind in {"Cc", "Cs"}:
        return ""
    if _is_drawn(ord(sign)):
        return sign
    missing[_name(sign)] = None
    return anyascii(sign) if kind.startswith("L") else ""


def _name(sign: str) -> str:
    return f"{sign} (U+{ord(sign):04X} {unicodedata.name(sign, 'unnamed')})"


def _is_drawn(code: int) -> bool:
    runs = _runs()
    at = bisect.bisect_right(runs, [code, 0x110000]) - 1
    return at >= 0 and runs[at][0] <= code <= runs[at][1]


@cache
def _runs() -> list[list[int]]:
    """First and last code of each run of signs, in order (made by frontend/fonts.py)."""
    found: list[list[int]] = json.loads((FONTS / "coverage.json").read_text())
    return found
