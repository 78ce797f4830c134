"""Letting systems in and shutting them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_access_token_model

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clients import selectors
from foundation.clients.models import Client, KeptAnswer
from foundation.clients.policies import may_change_client, may_make_client

KEPT_FOR = timedelta(days=1)
# How fresh "last used" is: a write at every request would cost more than it tells.
NOTED_EVERY = timedelta(minutes=1)
CHANGED = Refusal("changed", "Somebody changed this system meanwhile. Look at it again, then decide.")


@dataclass(frozen=True, slots=True)
class Secret:
    """A client with its secret in clear: this object is the only place where it ever stands."""

    client: Client
    secret: str


@transaction.atomic
def make_client(
    *, actor: Actor, name: str, scopes: Sequence[str], allowed_addresses: Sequence[str] = ()
) -> Secret:
    """Let a system of the actor's organisation in. Raises `Refused`, `ValueError` for an unknown scope."""
    require(may_make_client(actor))
    known = _known(scopes)
    secret = generate_client_secret()
    client = Client.objects.create(
        name=name.strip(),
        organisation_id=actor.organisation_id,
        scopes=known,
        allowed_addresses=list(allowed_addresses),
        made_by_id=actor.user_id,
        client_secret=secret,
        secret_made_at=timezone.now(),
        client_type=Client.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
    )
    audit.record(
        actor=actor, action="client.made", target=client, fields=["scopes", "allowed_addresses", "secret"]
    )
    return Secret(client, secret)


@transaction.atomic
def change_client(
    *,
    actor: Actor,
    client_id: int,
    scopes: Sequence[str],
    allowed_addresses: Sequence[str],
    reason: str,
    seen: int | None = None,
) -> Client:
    """Change what a client may do and where it may come from; its next request is held to it.

    What is taken away ends at once, with the tokens it has; what is added comes with its next token. `seen`
    is the `state_of` that was shown. Raises `Refused`, also where somebody changed it
    meanwhile, and `ValueError` for an unknown scope.
    """
    client = _locked(actor, client_id)
    if seen is not None and seen != selectors.state_of(client):
        raise Refused(CHANGED)
    wanted = {"scopes": _known(scopes), "allowed_addresses": list(allowed_addresses)}
    changed = [name for name, value in wanted.items() if getattr(client, name) != value]
    if not changed:
        return client
    for name in changed:
        setattr(client, name, wanted[name])
    client.save(update_fields=[*changed, "updated"])
    audit.record(actor=actor, action="client.changed", target=client, fields=changed, reason=reason)
    return client


def _known(scopes: Sequence[str]) -> list[str]:
    unknown = set(scopes) - set(settings.API_SCOPES)
    if unknown or not scopes:
        raise ValueError(f"no such scopes: {sorted(unknown)}")
    return sorted(set(scopes))


@transaction.atomic
def rotate_secret(*, actor: Actor, client_id: int) -> Secret:
    """A new secret; the old one and every token got with it are dead at once. Raises `Refused`."""
    client = _locked(actor, client_id)
    secret = generate_client_secret()
    client.client_secret, client.secret_made_at = secret, timezone.now()
    client.save(update_fields=["client_secret", "secret_made_at", "updated"])
    _end_tokens(client)
    audit.record(actor=actor, action="client.secret_rotated", target=client, fields=["secret"])
    return Secret(client, secret)


@transaction.atomic
def revoke_client(*, actor: Actor, client_id: int, reason: str) -> Client:
    """Shut a system out: its next request is refused. Raises `Refused`."""
    client = _locked(actor, client_id)
    client.revoked_at = timezone.now()
    client.save(update_fields=["revoked_at", "updated"])
    _end_tokens(client)
    audit.record(actor=actor, action="client.revoked", target=client, reason=reason)
    return client


def note_use(*, client_id: int, last_used_at: datetime | None) -> None:
    """Keep when a client last came, to the minute; `last_used_at` is what was read with its token."""
    now = timezone.now()
    if last_used_at is None or last_used_at < now - NOTED_EVERY:
        Client.objects.filter(pk=client_id).update(last_used_at=now)


def clear_expired() -> int:
    """Throw away kept answers of yesterday and tokens that ran out. Returns how many answers went."""
    now = timezone.now()
    get_access_token_model().objects.filter(expires__lt=now - KEPT_FOR).delete()
    gone, _ = KeptAnswer.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    return gone


def _locked(actor: Actor, client_id: int) -> Client:
    client: Client = Client.objects.select_for_update(no_key=True).get(pk=client_id)
    require(may_change_client(actor, client))
    return client


def _end_tokens(client: Client) -> None:
    get_access_token_model().objects.filter(application=client).delete()
