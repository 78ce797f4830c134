"""Codes that were given: a right one counts once, for as long as any step could accept it, and wrong ones
are counted by the day.

The library remembers a used code for one step of 30 seconds; with a tolerance of a step either way it
would be good for longer.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from django.core.cache import cache

from foundation.fields import blind_index

LIMITS, WRONG = "allauth.account", "wrong_code"  # settings.ACCOUNT_RATE_LIMITS


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


def try_once(user_id: int) -> Callable[[], None] | None:
    """Count a try of that person against the day's limit; None where that is used up.

    Call what comes back where the code was right: only wrong ones count.
    """
    usage = ratelimit.consume(context.request, app=LIMITS, action=WRONG, key=str(user_id))
    return usage.rollback if usage else None


def forget_wrong(user_id: int) -> None:
    """Let a person try again today; an administrator made sure that it is them."""
    ratelimit.clear(context.request, app=LIMITS, action=WRONG, key=str(user_id))
