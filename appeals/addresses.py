"""Addresses of ours that outlets are given. No name is in any; they are made here alone."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing

# What an outlet confirms with, once it has taken an appeal down: the placement's reference, signed.
CONFIRM_SALT = "appeals.confirm"
CONFIRM_LASTS = timedelta(days=90)


def page_address(token: str, page: str = "") -> str:
    """Of an appeal's public page, or of the `page` that outlets lead to in its place."""
    return f"{settings.PUBLIC_BASE_URL}{page or f'/appeals/{token}/'}"


def confirm_address(reference: str) -> str:
    """Where an outlet says that a placement is gone."""
    signed = signing.dumps(reference, key=_keys()[0], salt=CONFIRM_SALT)
    return f"{settings.PUBLIC_BASE_URL}/outlets/confirm/{signed}"


def confirmed_reference(signed: str) -> str:
    """The reference in such an address. Raises `SignatureExpired` for an old one, else `BadSignature`."""
    newest, *older = _keys()
    return str(
        signing.loads(signed, key=newest, salt=CONFIRM_SALT, max_age=CONFIRM_LASTS, fallback_keys=older)
    )


def _keys() -> list[str | bytes]:
    """From the keys that both houses have: a worker signs, the public site checks."""
    return [sha256(b"appeals.confirm\x00" + key.encode()).hexdigest() for key in settings.FIELD_KEYS]
