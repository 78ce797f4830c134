"""Browsers as a push service knows them: here are the keys that open what is sealed for them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.messaging.web_push.sealing import HEAD_BYTES, SALT_BYTES, keys_of, point_of
from foundation.messaging.web_push.subscriptions import PushSubscription, from_base64


@dataclass
class Browser:
    """One that subscribed, at this endpoint."""

    endpoint: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def line(self) -> str:
        return PushSubscription(self.endpoint, point_of(self.key), self.secret).line

    def opened(self, sealed: bytes) -> str:
        salt, theirs = sealed[:SALT_BYTES], sealed[SALT_BYTES + 5 : HEAD_BYTES]
        shared = self.key.exchange(ECDH(), self.key_from(theirs))
        key, nonce = keys_of(shared, self.secret, point_of(self.key), theirs, salt)
        return AESGCM(key).decrypt(nonce, sealed[HEAD_BYTES:], None).rstrip(b"\x00")[:-1].decode()

    @staticmethod
    def key_from(point: bytes | str) -> EllipticCurvePublicKey:
        raw = from_base64(point) if isinstance(point, str) else point
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)
