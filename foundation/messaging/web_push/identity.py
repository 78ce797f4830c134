"""Who we say we are to push services: our key, and a short-lived token for each of them (RFC 8292)."""

from __future__ import annotations

import time
from functools import lru_cache

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from django.conf import settings

from foundation.messaging.web_push.sealing import point_of
from foundation.messaging.web_push.subscriptions import from_base64, in_base64

# A token may last a day at most; one is used for no longer than this, and then for as long again valid.
_USED_FOR_SECONDS = 4 * 3600


def is_set_up() -> bool:
    """Whether this process has the key: without it no browser can be written to."""
    return bool(settings.PUSH_PRIVATE_KEY)


def public_key() -> str:
    """What a browser subscribes with, so that nobody else can write to it. Empty: not offered."""
    return settings.PUSH_PUBLIC_KEY or (_public_of(settings.PUSH_PRIVATE_KEY) if is_set_up() else "")


def new_private_key() -> str:
    """A key of its own for an installation, as it is set."""
    number = generate_private_key(SECP256R1()).private_numbers().private_value
    return in_base64(number.to_bytes(32, "big"))


def public_half(written: str) -> str:
    """Of a private key. Raises `ValueError` where it is none."""
    return _public_of(written)


def authorisation(origin: str) -> str:
    """The header for one push service."""
    return _signed(
        origin, settings.PUSH_PRIVATE_KEY, settings.PUSH_CONTACT, int(time.time()) // _USED_FOR_SECONDS
    )


@lru_cache(maxsize=256)
def _signed(origin: str, written: str, contact: str, stretch: int) -> str:
    claims = {"aud": origin, "exp": (stretch + 2) * _USED_FOR_SECONDS, "sub": contact}
    token = jwt.encode(claims, _key_of(written), algorithm="ES256")
    return f"vapid t={token}, k={_public_of(written)}"


@lru_cache(maxsize=4)
def _public_of(written: str) -> str:
    return in_base64(point_of(_key_of(written)))


@lru_cache(maxsize=4)
def _key_of(written: str) -> EllipticCurvePrivateKey:
    """The key from its 32 bytes in base64. Raises `ValueError` for anything else."""
    number = from_base64(written)
    if len(number) != 32:
        raise ValueError("PUSH_PRIVATE_KEY is not 32 bytes in base64")
    return derive_private_key(int.from_bytes(number, "big"), SECP256R1())
