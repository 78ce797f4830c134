"""Public references: what stands in addresses, letters and telephone calls instead of a key."""

from __future__ import annotations

import secrets

# Crockford's alphabet, without I, L, O and U: read out at night, none is taken for another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference(prefix: str) -> str:
    """A reference such as ``MI-7F3K9Q2X``; forty random bits, so it tells and allows no guess."""
    bits = secrets.randbits(5 * LENGTH)
    return f"{prefix}-" + "".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))
