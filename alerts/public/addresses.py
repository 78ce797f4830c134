"""Addresses of alerts on the public site: they name nobody, and those of pictures are good for minutes."""

from __future__ import annotations

from django.conf import settings

from alerts.enums import Language
from foundation.files import signing
from foundation.ui.languages import WELSH, path_in

PLACE = r"[A-Za-z0-9_-]{16,24}"
LIST = "/alerts/"
LIVE_JSON = "/alerts/live.json"
_SIGNED_AS = "alerts.pictures"


def page_path(token: str, *, language: str = Language.ENGLISH) -> str:
    """Of an alert's page in one language."""
    return path_in(f"/alerts/{token}/", welsh=language == WELSH)


def list_path(*, language: str = Language.ENGLISH) -> str:
    """Of the page with all alerts that are live."""
    return path_in(LIST, welsh=language == WELSH)


def picture_path(token: str, now: float | None = None) -> str:
    """Of an alert's picture, good for ten to fifteen minutes from now."""
    return f"/alerts/{token}/picture.{signing.signed_until(_SIGNED_AS, token, now)}.jpg"


def is_signed(token: str, until: str, signature: str) -> bool:
    """Whether that is an address of a picture which we gave, and its time is not over."""
    return signing.is_signed(_SIGNED_AS, token, until, signature)


def absolute(path: str) -> str:
    """With our public host before it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + path


def page_address(token: str, *, language: str = Language.ENGLISH) -> str:
    """Of an alert's page, for a text, an e-mail or another system."""
    return absolute(page_path(token, language=language))
