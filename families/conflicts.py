"""Two relatives in conflict learn nothing of each other from us: what would name one to the other. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHORTEST = 3  # letters: a shorter first name is too often part of other words


def gives_away(words: str, *, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Whether `words` name somebody, in full or by first name, or hold a number or address of theirs."""
    flat = words.casefold()
    if any(re.search(rf"\b{re.escape(name)}\b", flat) for name in _called(names)):
        return True
    digits = re.sub(r"\D", "", flat)
    return any(_holds(flat, digits, address) for address in addresses)


def _called(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        parts = name.casefold().split()
        found.update({" ".join(parts)} if parts else set())
        found.update(part for part in parts[:1] if len(part) >= _SHORTEST)
    return found


def _holds(flat: str, digits: str, address: str) -> bool:
    if address.startswith("+"):
        # As people write it: without the country's code, with spaces.
        return address[-9:] in digits
    return bool(address.strip()) and address.strip().casefold() in flat
