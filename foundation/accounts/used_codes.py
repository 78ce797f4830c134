"""Codes that were given already: each counts once, for as long as any step could accept it.

The library remembers a used code for one step of 30 seconds; with a tolerance of a step either way it
would be good for longer.
"""

from __future__ import annotations

from allauth.mfa import app_settings
from django.core.cache import cache

from foundation.fields import blind_index


def _key(user_id: int, code: str) -> str:
    """The cache key of a code given by a person; it holds neither."""
    return "code-used:" + blind_index(f"{user_id}:{code.strip()}", purpose="sign-in code")


def use_up(user_id: int, code: str) -> bool:
    """Mark a code as given; False where it was given before."""
    lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(_key(user_id, code), 1, timeout=lasts))


def is_used(user_id: int, code: str) -> bool:
    """Whether that person gave that code already."""
    return cache.get(_key(user_id, code)) is not None
