"""Public references: what stands in addresses, letters and telephone calls instead of a key."""

from __future__ import annotations

import secrets

# Without I, L, O and U: read out at night, none is taken for another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference(prefix: str) -> str:
    """A reference such as ``MI-7F3K9Q2X``; forty random bits, so it tells and allows no guess."""
    bits = secrets.randbits(5 * LENGTH)
    return f"{prefix}-" + "".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))


def incident_reference() -> str:
    """A new incident's reference."""
    return new_reference("MI")


def person_reference() -> str:
    """A new person's reference."""
    return new_reference("MP")


def release_reference() -> str:
    """A new release's reference."""
    return new_reference("RL")


def action_reference() -> str:
    """A new action's reference."""
    return new_reference("AC")


def transfer_reference() -> str:
    """A new transfer's reference."""
    return new_reference("TR")


def file_reference() -> str:
    """A new attachment's or photo's reference."""
    return new_reference("FI")
