"""That an alert is in force, on every page of the public site."""

from __future__ import annotations

import time
from functools import lru_cache

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils.safestring import SafeString

from alerts.public import pages, selectors

log = structlog.get_logger(__name__)
_NOTHING = SafeString("")
# When this process asked, and what it heard.
_heard = (float("-inf"), False)


def announce(language: str) -> SafeString:
    """The banner while any alert is live. It names nobody, so it may be a second late (docs/adr/0103)."""
    return _banner(language) if _any_live() else _NOTHING


def _any_live() -> bool:
    """Asked once a second at most: pages that others come to in thousands pay nothing for it."""
    global _heard  # noqa: PLW0603 - one answer a process
    asked_at, is_live = _heard
    now = time.monotonic()
    if now - asked_at < settings.ALERT_ANNOUNCED_EVERY:
        return is_live
    try:
        is_live = selectors.any_live()
    except (DatabaseError, InterfaceError) as error:
        # A page that needs no database is shown without it.
        log.warning("alerts_not_asked", error=type(error).__name__)
        is_live = False
    _heard = (now, is_live)
    return is_live


@lru_cache(maxsize=2)
def _banner(language: str) -> SafeString:
    return SafeString(pages.banner(language))
