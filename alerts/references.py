"""Public references and addresses of alerts. Random, so that they count nothing and name nobody."""

from __future__ import annotations

import secrets

from foundation.references import new_reference


def alert_reference() -> str:
    """Of an alert; said on the telephone."""
    return new_reference("CR")


def address_token() -> str:
    """What stands in the address of an alert's public page: no name, and not to be guessed."""
    return secrets.token_urlsafe(12)


def notice_identifier(reference: str, number: int) -> str:
    """What one notice is called in CAP: no space, comma, ``<`` or ``&``, such as ``CR-7F3K9Q2X.1``."""
    return f"{reference}.{number}"
