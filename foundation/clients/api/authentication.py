"""From a bearer token to the acting client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from foundation import request_ids
from foundation.accounts.addresses import client_address
from foundation.clients import addresses, selectors, services
from foundation.clients.selectors import Bearer

LONGEST_TOKEN = 255
NO_GOOD = "Get a new token: this one is not known, has run out or was shut out."


@dataclass(frozen=True, slots=True)
class ClientUser:
    """What DRF calls the user. A client is no person, so log lines name none."""

    pk: None = None
    is_authenticated: bool = True


class BearerAuthentication(BaseAuthentication):
    """Reads the token at every request from the database, and sets `request.actor`."""

    def authenticate(self, request: Request) -> tuple[ClientUser, Bearer] | None:
        """The client and its standing; None without a token."""
        token = _token(request)
        if token is None:
            return None
        bearer = selectors.bearer_of(token)
        caller = client_address(request._request)
        if bearer is None or not addresses.allows(bearer.allowed_addresses, caller):
            raise AuthenticationFailed(NO_GOOD)
        inner: Any = request._request
        inner.actor = bearer.actor(source=caller, request_id=request_ids.current())
        services.note_use(client_id=bearer.client_id, last_used_at=bearer.last_used_at)
        structlog.contextvars.bind_contextvars(client_id=bearer.client_id)
        return ClientUser(), bearer

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token 401, not 403."""
        return 'Bearer realm="Harbour API"'


def _token(request: Request) -> str | None:
    parts = get_authorization_header(request).split()
    if not parts or parts[0].lower() != b"bearer":
        return None
    if len(parts) != 2 or len(parts[1]) > LONGEST_TOKEN:
        raise AuthenticationFailed(NO_GOOD)
    try:
        return str(parts[1].decode("ascii"))
    except UnicodeDecodeError:
        raise AuthenticationFailed(NO_GOOD) from None
