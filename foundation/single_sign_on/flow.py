"""One sign-in on its way through a provider: what the browser must bring back, kept in its session."""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from foundation.single_sign_on.discovery import Metadata
from foundation.single_sign_on.models import Provider

FLOWS = "single_sign_on"
# Tabs side by side; the oldest is forgotten.
MOST = 4
LASTS_SECONDS = 10 * 60


@dataclass(frozen=True, slots=True)
class Flow:
    """`again` asks somebody signed in to prove it once more; `next_page` is where they go afterwards."""

    organisation_id: int
    issuer: str
    nonce: str
    verifier: str
    next_page: str
    again: bool
    started_at: float


def callback_address(code: str) -> str:
    """The redirect address of an organisation: one of its own, so that no provider can answer for another."""
    return f"{settings.STAFF_BASE_URL}{reverse('single_sign_on:back', args=[code])}"


def begin(
    session: SessionBase, *, provider: Provider, metadata: Metadata, next_page: str, again: bool = False
) -> str:
    """Start one, and return the provider's address that the browser goes to."""
    state = secrets.token_urlsafe(32)
    flow = Flow(
        organisation_id=provider.organisation_id,
        issuer=provider.issuer,
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        next_page=next_page,
        again=again,
        started_at=time.time(),
    )
    kept = list((session.get(FLOWS) or {}).items())[1 - MOST :]
    session[FLOWS] = dict([*kept, (state, asdict(flow))])
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback_address(provider.organisation.code),
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": flow.nonce,
        "code_challenge": _challenge(flow.verifier),
        "code_challenge_method": "S256",
    }
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    joint = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
    return f"{metadata.authorization_endpoint}{joint}{urlencode(asked)}"


def take(session: SessionBase, state: str) -> Flow | None:
    """The sign-in that `state` belongs to, once: whoever brings it again finds nothing."""
    flows = dict(session.get(FLOWS) or {})
    found = flows.pop(state, None)
    if found is None:
        return None
    session[FLOWS] = flows
    flow = Flow(**found)
    return flow if time.time() - flow.started_at <= LASTS_SECONDS else None


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
