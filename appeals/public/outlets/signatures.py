"""Our signature under what outlets read: Ed25519, checked with a key that anybody may fetch.

The public site may read no secret of an outlet, so it signs with a key of its own, made from the field keys
that it has. After a rotation both keys are told for as long as both are configured.
"""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

HEADER = "Harbour-Signature"


@dataclass(frozen=True, slots=True)
class Key:
    """One pair of ours; `name` is the beginning of the public key's hash."""

    name: str
    public: str
    private: Ed25519PrivateKey


def signature_of(tag: str, body: bytes) -> str:
    """The header: when, by which key, and the signature over time, tag and body, with a full stop between."""
    key, moment = keys()[0], int(time.time())
    signed = key.private.sign(f"{moment}.{tag}.".encode() + body)
    return f"t={moment}, key={key.name}, ed25519={base64.b64encode(signed).decode()}"


def keys() -> tuple[Key, ...]:
    """Ours, the one that signs first."""
    return _derived(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _derived(field_keys: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(_pair(sha256(b"appeals.outlets\x00" + key.encode()).digest()) for key in field_keys)


def _pair(seed: bytes) -> Key:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    return Key(sha256(public).hexdigest()[:16], base64.b64encode(public).decode(), private)
