"""Addresses of the public site: pages by an appeal's token, pictures signed and good for minutes.

A signature is over the appeal and the time, by keys that both houses have (docs/adr/0083): the public site
checks what a worker signed, and the other way round.
"""

from __future__ import annotations

import base64
import hmac
import time
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from appeals.deadlines import PICTURE_ADDRESS_LASTS
from appeals.enums import Language

# Stands in a finished page where the signature of its pictures is put in when it is read.
SIGNED_LATER = "@signed@"
PLACE = r"[A-Za-z0-9_-]{10,24}"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
# Addresses change in steps, so that a page stays the same for a few minutes.
STEP_SECONDS = 300


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
    moment = time.time() if now is None else now
    lasts = int(PICTURE_ADDRESS_LASTS.total_seconds())
    until = (int(moment) // STEP_SECONDS) * STEP_SECONDS + lasts
    return f"{until}.{_signature(_keys()[0], token, until)}"


def is_signed(token: str, until: str, signature: str, now: float | None = None) -> bool:
    """Whether we signed that, and its time is not over. One that would last longer than ours do is forged."""
    moment, ends = (time.time() if now is None else now), int(until)
    if not moment <= ends <= moment + PICTURE_ADDRESS_LASTS.total_seconds():
        return False
    return any(hmac.compare_digest(_signature(key, token, ends), signature) for key in _keys())


def _signature(key: bytes, token: str, until: int) -> str:
    digest = hmac.digest(key, f"{token}.{until}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def _keys() -> tuple[bytes, ...]:
    return _derived(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _derived(field_keys: tuple[str, ...]) -> tuple[bytes, ...]:
    """One key from each field key, newest first: an address outlives a rotation by its own minutes."""
    return tuple(sha256(b"appeals.pictures\x00" + key.encode()).digest() for key in field_keys)
