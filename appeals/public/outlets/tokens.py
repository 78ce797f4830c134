"""What an outlet proves itself with: a key in the address of its feed, or the same as a Bearer token."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest

_LONGEST = 200


def hash_of(token: str) -> str:
    """What we keep of it, and look it up by. Tokens are 256 random bits, so no salt is needed."""
    return sha256(token[:_LONGEST].encode()).hexdigest()


def bearer_of(request: HttpRequest) -> str:
    """The token that came in the header; empty where there is none."""
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
