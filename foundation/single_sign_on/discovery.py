"""What a provider says about itself (OpenID Connect Discovery 1.0), and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from foundation.single_sign_on.exceptions import Unreachable
from foundation.single_sign_on.fetching import fetch

KEPT_SECONDS = 5 * 60
# A token with an unknown key makes us ask for the keys again, but not at a stranger's pace.
ASKED_AGAIN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Metadata:
    """What we use of a provider's own description."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_auth_methods: tuple[str, ...]
    algorithms: tuple[str, ...]
    scopes: tuple[str, ...]
    challenges: tuple[str, ...]
    names_itself: bool  # sends `iss` beside the code (RFC 9207)


def address_of(issuer: str) -> str:
    """Where an issuer describes itself."""
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def discover(issuer: str, *, afresh: bool = False) -> Metadata:
    """The provider's description, kept for some minutes. Raises `Unreachable`."""
    told = _kept(address_of(issuer), afresh=afresh)
    found = Metadata(
        issuer=_text(told, "issuer"),
        authorization_endpoint=_page(told, "authorization_endpoint"),
        token_endpoint=_text(told, "token_endpoint"),
        jwks_uri=_text(told, "jwks_uri"),
        token_auth_methods=_texts(told, "token_endpoint_auth_methods_supported"),
        algorithms=_texts(told, "id_token_signing_alg_values_supported"),
        scopes=_texts(told, "scopes_supported"),
        challenges=_texts(told, "code_challenge_methods_supported"),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )
    if found.issuer != issuer:
        raise Unreachable(
            "other_issuer",
            "The provider there calls itself by another name. Copy the issuer exactly as it gives it, "
            "also the slash at its end or none.",
        )
    return found


def keys_of(metadata: Metadata, *, afresh: bool = False) -> list[dict[str, Any]]:
    """The provider's public keys as it publishes them. Raises `Unreachable`."""
    found = _kept(metadata.jwks_uri, afresh=afresh).get("keys")
    if not isinstance(found, list):
        raise Unreachable("no_keys", "The provider publishes no keys.")
    return [one for one in found if isinstance(one, dict)]


def keys_once_more(metadata: Metadata) -> list[dict[str, Any]]:
    """The keys asked for anew, where nobody has just asked. Raises `Unreachable`."""
    may_ask = cache.add(_name("asked", metadata.jwks_uri), 1, timeout=ASKED_AGAIN_SECONDS)
    return keys_of(metadata, afresh=may_ask)


def _kept(url: str, *, afresh: bool) -> dict[str, Any]:
    name = _name("told", url)
    known: dict[str, Any] | None = None if afresh else cache.get(name)
    if known is None:
        known = _ask(url)
        cache.set(name, known, timeout=KEPT_SECONDS)
    return known


def _ask(url: str) -> dict[str, Any]:
    answer = fetch(url)
    if answer.status != 200:
        raise Unreachable("status", f"The provider answered {answer.status} where it should describe itself.")
    return answer.told()


def _name(what: str, url: str) -> str:
    return f"single-sign-on:{what}:{sha256(url.encode()).hexdigest()}"


def _text(told: dict[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str) or not found:
        raise Unreachable("incomplete", f"The provider's description lacks {name}.")
    return found


def _page(told: dict[str, Any], name: str) -> str:
    """An address that the browser is sent to: never one in clear, but for a host the operator named."""
    found = _text(told, name)
    parts = urlsplit(found)
    in_clear = parts.scheme == "http" and not settings.IS_PRODUCTION
    if parts.scheme == "https" or (in_clear and parts.hostname in settings.SIGN_IN_ALLOWED_HOSTS):
        return found
    raise Unreachable("incomplete", "The provider's page for signing in does not start with https://.")


def _texts(told: dict[str, Any], name: str) -> tuple[str, ...]:
    found = told.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
