"""Addresses of public files: signed, and good for minutes (docs/adr/0083).

A signature is over what the file belongs to and the time, by keys that both houses have: the public site
checks what a worker signed, and the other way round.
"""

from __future__ import annotations

import base64
import hmac
import time
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

# Who asks afterwards has to load the page anew.
LASTS = timedelta(minutes=15)
# Addresses change in steps, so that a page stays the same for a few minutes.
STEP_SECONDS = 300


def signed_until(kind: str, token: str, now: float | None = None) -> str:
    """`until.signature`, good for every file of `token` for ten to fifteen minutes.

    `kind` says whose tokens these are: a signature for one kind opens nothing of another.
    """
    moment = time.time() if now is None else now
    until = (int(moment) // STEP_SECONDS) * STEP_SECONDS + int(LASTS.total_seconds())
    return f"{until}.{_signature(_keys(kind)[0], token, until)}"


def is_signed(kind: str, token: str, until: str, signature: str, now: float | None = None) -> bool:
    """Whether we signed that, and its time is not over. One that would last longer than ours do is forged."""
    moment, ends = (time.time() if now is None else now), int(until)
    if not moment <= ends <= moment + LASTS.total_seconds():
        return False
    return any(hmac.compare_digest(_signature(key, token, ends), signature) for key in _keys(kind))


def _signature(key: bytes, token: str, until: int) -> str:
    digest = hmac.digest(key, f"{token}.{until}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def _keys(kind: str) -> tuple[bytes, ...]:
    return _derived(kind, tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _derived(kind: str, field_keys: tuple[str, ...]) -> tuple[bytes, ...]:
    """One key from each field key, newest first: an address outlives a rotation by its own minutes."""
    return tuple(sha256(f"{kind}\x00{key}".encode()).digest() for key in field_keys)
