"""Addresses of ours that outlets are given. No name is in any; they are made here alone."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

# What an outlet confirms with, once it has taken an appeal down: the placement's reference, signed.
CONFIRM_SALT = "appeals.confirm"


def page_address(token: str) -> str:
    """Of an appeal's public page."""
    return f"{settings.PUBLIC_BASE_URL}/appeals/{token}/"


def confirm_address(reference: str) -> str:
    """Where an outlet says that a placement is gone."""
    return f"{settings.PUBLIC_BASE_URL}/outlets/confirm/{signing.dumps(reference, salt=CONFIRM_SALT)}"
