"""Sealing a message for one browser: RFC 8291, in one record of the encoding aes128gcm (RFC 8188).

The push service carries it and cannot read it. Each costs two operations on the curve.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from foundation.messaging.web_push.subscriptions import POINT_BYTES, PushSubscription

RECORD_BYTES = 4096
SALT_BYTES = 16
HEAD_BYTES = SALT_BYTES + 4 + 1 + POINT_BYTES
# No push service has to take more than 4096 bytes (RFC 8030, section 7.2): less head, tag and the last byte.
MOST_BYTES = RECORD_BYTES - HEAD_BYTES - 16 - 1
_LAST_RECORD = b"\x02"
_CURVE = SECP256R1()


class TooLarge(ValueError):
    """It is longer than a push service has to take."""


def seal(message: bytes, subscription: PushSubscription) -> bytes:
    """The body of the request, which only the browser can open. Raises `TooLarge`, or `ValueError`
    where its key is none.
    """
    return seal_with(
        message, subscription, key=generate_private_key(_CURVE), salt=secrets.token_bytes(SALT_BYTES)
    )


def seal_with(
    message: bytes, subscription: PushSubscription, *, key: EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """As `seal`, with a key and a salt that must never be used again."""
    if len(message) > MOST_BYTES:
        raise TooLarge
    theirs = EllipticCurvePublicKey.from_encoded_point(_CURVE, subscription.public_key)
    ours = point_of(key)
    content_key, nonce = keys_of(
        key.exchange(ECDH(), theirs), subscription.secret, subscription.public_key, ours, salt
    )
    head = salt + RECORD_BYTES.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return head + AESGCM(content_key).encrypt(nonce, message + _LAST_RECORD, None)


def keys_of(shared: bytes, secret: bytes, receiver: bytes, sender: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The content's key and nonce (RFC 8291, section 3.4): both sides come to the same."""
    both = _derived(secret, shared, b"WebPush: info\x00" + receiver + sender, 32)
    return (
        _derived(salt, both, b"Content-Encoding: aes128gcm\x00", 16),
        _derived(salt, both, b"Content-Encoding: nonce\x00", 12),
    )


def _derived(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869) of one block."""
    return hmac.digest(hmac.digest(salt, material, "sha256"), info + b"\x01", "sha256")[:length]


def point_of(key: EllipticCurvePrivateKey) -> bytes:
    """A key's public half, as 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
