"""Sentences in another language: from the file that a translator edits (.po) to the one gettext reads (.mo).

A machine without GNU gettext builds it as well. Only what we use is understood: a sentence and its
translation, each in one or more quoted lines.
"""

from __future__ import annotations

import ast
import struct

_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")


class Unreadable(Exception):
    """A line that is no part of a catalogue as we write them."""


def read(text: str) -> dict[str, str]:
    """Sentence to translation; the empty sentence has the head. Raises `Unreadable`."""
    found: dict[str, str] = {}
    entry = {"msgid": "", "msgstr": ""}
    at = ""
    for number, line in enumerate(text.splitlines(), 1):
        word, _, rest = line.strip().partition(" ")
        if word in entry:
            if word == "msgid":
                _keep(found, entry)
                entry = {"msgid": "", "msgstr": ""}
            at = word
        elif line.startswith('"'):
            rest = line
        elif not line.strip() or line.startswith("#"):
            continue
        else:
            raise Unreadable(f"line {number}")
        entry[at] += _unquoted(rest, number)
    _keep(found, entry)
    return found


def _keep(found: dict[str, str], entry: dict[str, str]) -> None:
    if entry["msgstr"]:
        found[entry["msgid"]] = entry["msgstr"]


def _unquoted(quoted: str, number: int) -> str:
    try:
        return str(ast.literal_eval(quoted))
    except (SyntaxError, ValueError):
        raise Unreadable(f"line {number}") from None


def compiled(sentences: dict[str, str]) -> bytes:
    """As gettext reads it: two sorted tables of lengths and places, and then the words."""
    pairs = sorted((said.encode(), translated.encode()) for said, translated in sentences.items())
    count = len(pairs)
    first = _HEAD.size
    place = first + 16 * count
    tables: list[bytes] = []
    words = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), place + len(words)))
            words += pair[column] + b"\x00"
    return _HEAD.pack(_MAGIC, 0, count, first, first + 8 * count, 0, 0) + b"".join(tables) + words
