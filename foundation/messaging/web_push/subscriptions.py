"""A browser's push subscription as one line: its endpoint, its public key and its secret (RFC 8291)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings

POINT_BYTES, SECRET_BYTES = 65, 16
LONGEST_ENDPOINT = 1000


class BadSubscription(ValueError):
    """It is no subscription, or of a push service that we do not know."""


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """Where the push service takes a browser's messages, and with what they are sealed for it alone."""

    endpoint: str = field(repr=False)
    public_key: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def line(self) -> str:
        """As it is kept."""
        return f"{self.endpoint} {in_base64(self.public_key)} {in_base64(self.secret)}"

    @property
    def origin(self) -> str:
        """Whom a token for the push service names (RFC 8292, section 2)."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def read_line(line: str) -> PushSubscription:
    """A subscription from its line. Raises `BadSubscription`."""
    try:
        endpoint, public_key, secret = line.split()
        found = PushSubscription(endpoint, from_base64(public_key), from_base64(secret))
    except ValueError:
        raise BadSubscription from None
    if len(found.public_key) != POINT_BYTES or len(found.secret) != SECRET_BYTES:
        raise BadSubscription
    return found


def checked(line: str) -> PushSubscription:
    """As `read_line`, and its key is a point of the curve and its service one we know. Raises so too."""
    found = read_line(line)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), found.public_key)
        parts = urlsplit(found.endpoint)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise BadSubscription from None
    is_ours = host in settings.PUSH_ALLOWED_HOSTS
    if parts.scheme != "https" and not (is_ours and parts.scheme == "http"):
        raise BadSubscription
    if parts.username is not None or len(found.endpoint) > LONGEST_ENDPOINT:
        raise BadSubscription
    if not is_ours and not _is_known(host):
        raise BadSubscription
    return found


def _is_known(host: str) -> bool:
    """Anybody may sign up any address: only push services of browsers are written to."""
    return any(host == one or host.endswith(f".{one}") for one in settings.PUSH_SERVICE_HOSTS)


def endpoint_of(line: str) -> str:
    """The endpoint alone: it names the subscription, whatever its keys."""
    return line.partition(" ")[0]


def in_base64(data: bytes) -> str:
    """As the Push API writes it: for addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(written: str) -> bytes:
    """Back from it. Raises `ValueError`."""
    try:
        return base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
