"""Believing an ID token, or not (OpenID Connect Core 1.0, section 3.1.3.7).

PyJWT checks the signature and the claims that every token has; what it leaves to us is here.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from foundation.single_sign_on import discovery
from foundation.single_sign_on.discovery import Metadata
from foundation.single_sign_on.exceptions import NotTrusted

# Never what a token says of itself: "none" and the HS family are not among them.
ALGORITHMS = {"RS256": "RSA", "ES256": "EC"}
SHORTEST_RSA = 2048
# Clocks differ; a token is used at once.
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 10 * 60
NOT_BELIEVED = "What your organisation's sign-in sent could not be trusted"


@dataclass(frozen=True, slots=True)
class Claims:
    """A token that holds."""

    issuer: str
    subject: str
    authenticated_at: int | None
    all: dict[str, Any]


def verify(raw: str, *, metadata: Metadata, client_id: str, nonce: str) -> Claims:
    """The claims of a token made for us, now, by that provider, for the sign-in with that nonce.

    Raises `NotTrusted`, or `Unreachable` where the keys cannot be had.
    """
    algorithm, key_id = _header(raw)
    key = _key(metadata, algorithm, key_id)
    try:
        claims = jwt.decode(
            raw,
            key=key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=metadata.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except jwt.ExpiredSignatureError:
        raise _refused("expired", "its token is too old") from None
    except jwt.InvalidAudienceError:
        raise _refused("audience", "its token was made for somebody else") from None
    except jwt.InvalidIssuerError:
        raise _refused("issuer", "its token was made by somebody else") from None
    except jwt.PyJWTError:
        raise _refused("token", "its token does not hold") from None
    _check_ours(claims, client_id, nonce)
    authenticated_at = claims.get("auth_time")
    is_time = isinstance(authenticated_at, int) and not isinstance(authenticated_at, bool)
    return Claims(
        issuer=claims["iss"],
        subject=claims["sub"],
        authenticated_at=authenticated_at if is_time else None,
        all=claims,
    )


def _refused(code: str, why: str) -> NotTrusted:
    return NotTrusted(code, f"{NOT_BELIEVED}: {why}.")


def _header(raw: str) -> tuple[str, str | None]:
    try:
        header = jwt.get_unverified_header(raw)
    except jwt.PyJWTError:
        raise _refused("token", "its token does not hold") from None
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS or "crit" in header:
        raise _refused("algorithm", "its token is signed in a way that is not safe")
    return algorithm, header.get("kid")


def _key(metadata: Metadata, algorithm: str, key_id: str | None) -> RSAPublicKey | EllipticCurvePublicKey:
    found = _pick(discovery.keys_of(metadata), algorithm, key_id)
    if found is None:  # they change theirs from time to time
        found = _pick(discovery.keys_once_more(metadata), algorithm, key_id)
    if found is None:
        raise _refused("key", "its token is signed with a key that it does not publish")
    try:
        key = jwt.PyJWK(found, algorithm=algorithm).key
    except jwt.PyJWTError:
        raise _refused("key", "its key cannot be read") from None
    if isinstance(key, RSAPublicKey) and key.key_size >= SHORTEST_RSA:
        return key
    if isinstance(key, EllipticCurvePublicKey) and key.curve.name == "secp256r1":
        return key
    raise _refused("key", "its key is too weak")


def _pick(keys: list[dict[str, Any]], algorithm: str, key_id: str | None) -> dict[str, Any] | None:
    """The one key a token may be signed with: of its id, or the only one where it names none."""
    fit = [one for one in keys if fits(one, algorithm) and key_id in {None, one.get("kid")}]
    return fit[0] if len(fit) == 1 else None


def fits(key: dict[str, Any], algorithm: str) -> bool:
    """Whether a published key is for signing with `algorithm`."""
    return (
        key.get("kty") == ALGORITHMS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def _check_ours(claims: dict[str, Any], client_id: str, nonce: str) -> None:
    said = claims["nonce"]
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise _refused("nonce", "its token belongs to another sign-in")
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        raise _refused("audience", "its token was made for somebody else")
    if int(claims["iat"]) < time.time() - OLDEST_SECONDS - LEEWAY_SECONDS:
        raise _refused("expired", "its token is too old")
    if not claims["sub"] or len(claims["sub"]) > 255:
        raise _refused("subject", "its token names nobody")
