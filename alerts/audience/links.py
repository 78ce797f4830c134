"""Codes and links: secrets that go to an address alone. Of each only a hash is kept.

The public site's role reads the hashes, so neither may be found from its hash: a link is 128 random bits, and
a code of six digits is hashed with the number of the form that asked for it, which only its sender has.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing

from alerts.enums import Language

HERE = "/alerts/"
DIGITS = 6
_SALT = "alerts.audience.leave"


def new_token() -> str:
    """Nobody finds one by trying."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Six digits, read off a phone and typed in."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hash_of(token: str) -> str:
    """Of a link."""
    return sha256(token.encode()).hexdigest()


def hash_of_code(form_key: UUID, code: str) -> str:
    """Of a code, with the form that asked for it."""
    return sha256(f"{form_key.hex}:{code}".encode()).hexdigest()


def leave_token(subscriber_id: int) -> str:
    """For every alert by e-mail: it lasts as long as the subscriber does, and only lets them leave."""
    return _signer(tuple(settings.FIELD_KEYS)).sign(str(subscriber_id))


def leaver(token: str) -> int | None:
    """Whom a leave token names; None where it is not ours."""
    try:
        return int(_signer(tuple(settings.FIELD_KEYS)).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


@lru_cache(maxsize=2)
def _signer(keys: tuple[str, ...]) -> signing.Signer:
    """By keys that both houses have: a worker signs, the public site checks."""
    made: list[str | bytes] = [sha256(f"{_SALT}\x00{key}".encode()).hexdigest() for key in keys]
    newest, *older = made
    return signing.Signer(key=newest, fallback_keys=older, salt=_SALT)


def path_of(path: str, language: str) -> str:
    """A page of ours, `path` after /alerts/, as the public site's own pages and worker name it."""
    welsh = "/cy" if language == Language.WELSH else ""
    return f"{welsh}{HERE}{path}"


def address_of(path: str, language: str) -> str:
    """The same as a whole address."""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{path_of(path, language)}"


def leave_address(subscriber_id: int) -> str:
    """The page, and the target of a one-click unsubscribe (RFC 8058), at which one subscriber leaves."""
    return address_of(f"leave/{leave_token(subscriber_id)}/", Language.ENGLISH)
