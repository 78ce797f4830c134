"""Where the public site gives out what we sent."""

from __future__ import annotations

from django.conf import settings

FEED = "/alerts/cap/feed.atom"


def absolute(path: str) -> str:
    """With our public host before it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + path


def message_path(identifier: str) -> str:
    """Of one message."""
    return f"/alerts/cap/{identifier}.xml"


def picture_path(identifier: str) -> str:
    """Of its picture, which is given out for as long as the message is live."""
    return f"/alerts/cap/{identifier}.jpg"


def page_path(token: str) -> str:
    """Of the alert's own page."""
    return f"/alerts/{token}/"
