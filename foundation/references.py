"""Public references: what stands in an address, is read out on the telephone and says nothing."""

from __future__ import annotations

import secrets

# Crockford's alphabet: no I, L, O or U, which are misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str, length: int = 8) -> str:
    """A random reference such as ``U-7KQ2M9XD``; it tells neither order nor number."""
    return f"{prefix}-" + "".join(secrets.choice(_ALPHABET) for _ in range(length))
