"""Turning what the browser brought back into claims that hold."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote_plus

from foundation.single_sign_on import tokens
from foundation.single_sign_on.discovery import Metadata
from foundation.single_sign_on.exceptions import NotTrusted, Unreachable
from foundation.single_sign_on.fetching import Answer, fetch
from foundation.single_sign_on.flow import Flow, callback_address
from foundation.single_sign_on.models import Provider


def redeem(*, provider: Provider, metadata: Metadata, flow: Flow, code: str) -> tokens.Claims:
    """The claims of the ID token that `code` is good for. The other tokens are thrown away.

    Raises `NotTrusted` or `Unreachable`.
    """
    answer = ask_for_token(
        provider=provider,
        metadata=metadata,
        code=code,
        verifier=flow.verifier,
        redirect_uri=callback_address(provider.organisation.code),
    )
    if answer.status != 200:
        raise Unreachable("token_endpoint", "Your organisation's sign-in did not confirm that it was you.")
    raw = answer.told().get("id_token")
    if not isinstance(raw, str):
        raise NotTrusted("token", f"{tokens.NOT_BELIEVED}: it sent no token.")
    return tokens.verify(raw, metadata=metadata, client_id=provider.client_id, nonce=flow.nonce)


def ask_for_token(
    *, provider: Provider, metadata: Metadata, code: str, verifier: str, redirect_uri: str
) -> Answer:
    """What the provider's token endpoint says to `code`. Raises `Unreachable`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    headers = {}
    offered = metadata.token_auth_methods
    if offered and "client_secret_basic" not in offered:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:  # what a provider takes that says nothing
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return fetch(metadata.token_endpoint, form=form, headers=headers)
