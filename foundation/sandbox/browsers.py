"""A push service, and browsers that it serves: RFC 8030, with the sender proved by RFC 8292."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from foundation.messaging.web_push.sealing import HEAD_BYTES, SALT_BYTES, keys_of, point_of
from foundation.messaging.web_push.subscriptions import PushSubscription, from_base64, in_base64
from foundation.sandbox.models import Browser, Push

MOST_BYTES = 4096
_DAY = 24 * 3600


class Unproved(Exception):
    """The sender did not prove who it is."""


def make_browser() -> Browser:
    """A browser of the demonstration, which subscribed: what is pushed to it can be read here."""
    key = generate_private_key(SECP256R1())
    number = key.private_numbers().private_value.to_bytes(32, "big")
    return Browser.objects.create(private_key=in_base64(number), secret=in_base64(secrets.token_bytes(16)))


def subscription_of(browser: Browser, *, base: str) -> str:
    """What it would give to whoever may push to it."""
    endpoint = f"{base}/push/{browser.name}"
    return PushSubscription(endpoint, point_of(_key(browser)), from_base64(browser.secret)).line


def _key(browser: Browser) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(from_base64(browser.private_key), "big"), SECP256R1())


def opened(push: Push) -> dict[str, Any]:
    """What the push says, where the browser's keys are here; nothing where they are not, or do not fit."""
    browser, sealed = push.browser, bytes(push.sealed)
    if not browser.private_key:
        return {}
    salt, theirs = sealed[:SALT_BYTES], sealed[SALT_BYTES + 5 : HEAD_BYTES]
    ours = _key(browser)
    try:
        shared = ours.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
        key, nonce = keys_of(shared, from_base64(browser.secret), point_of(ours), theirs, salt)
        told = json.loads(AESGCM(key).decrypt(nonce, sealed[HEAD_BYTES:], None).rstrip(b"\x00")[:-1])
    except (ValueError, InvalidTag):
        return {}
    return told if isinstance(told, dict) else {}


def prove(authorisation: str, *, origin: str) -> str:
    """The sender's public key. Raises `Unproved` where the token is not its own, for us, and of today."""
    scheme, _, rest = authorisation.partition(" ")
    given = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    if scheme.lower() != "vapid" or not {"t", "k"} <= given.keys():
        raise Unproved
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), from_base64(given["k"]))
        claims = jwt.decode(given["t"], key, algorithms=["ES256"], audience=origin)
        far = int(claims["exp"]) > time.time() + _DAY
    except (ValueError, KeyError, jwt.PyJWTError):
        raise Unproved from None
    if far or not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        raise Unproved
    return given["k"]


@transaction.atomic
def take(browser: Browser, *, sealed: bytes, ttl: int, topic: str, urgency: str) -> Push:
    """Keep a push; the newest of a topic is in place of the ones before."""
    if topic:
        browser.pushes.filter(topic=topic, is_replaced=False).update(is_replaced=True)
    return browser.pushes.create(sealed=sealed, ttl=ttl, topic=topic, urgency=urgency)
