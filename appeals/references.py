"""Public references and addresses of appeals. Random, so that they count nothing and name nobody."""

from __future__ import annotations

import secrets

from foundation.references import new_reference


def appeal_reference() -> str:
    """Of an appeal; printed on it as the charity's reference, said on the telephone."""
    return new_reference("AP")


def address_token() -> str:
    """What stands in the address of an appeal's public page: no name, and not to be guessed."""
    return secrets.token_urlsafe(12)


def placement_reference() -> str:
    """Of one appeal on one channel."""
    return new_reference("PL")


def outlet_reference() -> str:
    """Of an outlet: whoever publishes for us."""
    return new_reference("OU")


def sighting_reference() -> str:
    """Of a sighting; given to whoever reported it."""
    return new_reference("SI")
