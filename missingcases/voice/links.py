"""The link: a secret that is shown or sent once, and of which a hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings

from missingcases.voice.enums import Language

HERE = "/how-it-was/"


def new_token() -> str:
    """128 random bits: nobody finds one by trying."""
    return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    """What is kept. The token is random, so a plain hash leads nobody back to it."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str, language: str) -> str:
    """The page on the public site."""
    welsh = "/cy" if language == Language.WELSH else ""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{welsh}{HERE}{token}/"
