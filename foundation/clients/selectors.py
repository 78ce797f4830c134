"""Reading API clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import F, QuerySet

from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.clients.models import Client
from foundation.prepared import fetch_row


def clients_visible_to(actor: Actor) -> QuerySet[Client]:
    """The systems of an administrator's own organisation, those in use first."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        nothing: QuerySet[Client] = Client.objects.none()
        return nothing
    rows: QuerySet[Client] = Client.objects.filter(organisation_id=actor.organisation_id)
    return rows.order_by(F("revoked_at").desc(nulls_first=True), "name", "pk")


def state_of(client: Client) -> int:
    """A number that differs once somebody changed the client; that it was used changes nothing."""
    return int(client.updated.timestamp() * 1_000_000)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who stands behind a token that is good now."""

    client_id: int
    organisation_id: int
    organisation_kind: OrganisationKind
    scopes: frozenset[str]
    allowed_addresses: tuple[str, ...]
    last_used_at: datetime | None

    def actor(self, *, source: str, request_id: str) -> Actor:
        """The client as an acting party of its organisation."""
        return Actor(
            organisation_id=self.organisation_id,
            organisation_kind=self.organisation_kind,
            roles=frozenset({Role.API_CLIENT}),
            client_id=self.client_id,
            source=source,
            request_id=request_id,
        )


# One look-up by a unique index, at every request: a token, a client or an organisation that was shut out
# a moment ago is refused now. Nothing of this is cached.
_BEARER = """
SELECT c.id, o.id, o.kind, t.scope, c.scopes, c.allowed_addresses, c.last_used_at, ({also})
FROM oauth2_provider_accesstoken t
JOIN clients_client c ON c.id = t.application_id
JOIN accounts_organisation o ON o.id = c.organisation_id
WHERE t.token_checksum = %(digest)s AND t.expires > now() AND c.revoked_at IS NULL AND o.is_active
"""


def bearer_of(token: str) -> Bearer | None:
    """Who holds `token`, or None where it opens nothing (any more)."""
    return bearer_and(token, "NULL", {})[0]


def bearer_and(token: str, also: str, values: Mapping[str, Any]) -> tuple[Bearer | None, Any]:
    """Who holds `token`, and the one value that the statement `also` finds, in one look-up.

    Postgres does not begin with `also` where the token opens nothing.
    """
    digest = sha256(token.encode()).hexdigest()
    row = fetch_row(_BEARER.format(also=also), {"digest": digest, **values})
    if row is None:
        return None, None
    client_id, organisation_id, kind, granted, held, addresses, used, found = row
    bearer = Bearer(
        client_id=client_id,
        organisation_id=organisation_id,
        organisation_kind=OrganisationKind(kind),
        scopes=frozenset(granted.split()) & frozenset(held),
        allowed_addresses=tuple(addresses),
        last_used_at=used,
    )
    return bearer, found
