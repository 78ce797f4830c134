"""Addresses of the public site: pages by an appeal's token, pictures signed and good for minutes."""

from __future__ import annotations

from django.conf import settings

from appeals.enums import Language
from foundation.files import signing

# Stands in a finished page where the signature of its pictures is put in when it is read.
SIGNED_LATER = "@signed@"
PLACE = r"[A-Za-z0-9_-]{10,24}"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_SIGNED_AS = "appeals.pictures"


def page_path(token: str, part: str = "", *, language: str = Language.ENGLISH) -> str:
    """Of an appeal's page in a language, or of a part of it: `easy`, `seen`."""
    spoken = "" if language == Language.ENGLISH else f"{language}/"
    return f"/appeals/{token}/{spoken}{part}/" if part else f"/appeals/{token}/{spoken}"


def absolute(path: str) -> str:
    """With our public host before it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + path


def picture_path(token: str, kind: str, content_type: str, signed: str = SIGNED_LATER) -> str:
    """Of one picture or poster of an appeal."""
    return f"/pictures/{token}/{kind}.{signed}.{ENDINGS[content_type]}"


def signed_until(token: str, now: float | None = None) -> str:
    """`until.signature`, good for every picture of one appeal for ten to fifteen minutes."""
    return signing.signed_until(_SIGNED_AS, token, now)


def is_signed(token: str, until: str, signature: str, now: float | None = None) -> bool:
    """Whether we signed that, and its time is not over."""
    return signing.is_signed(_SIGNED_AS, token, until, signature, now)
