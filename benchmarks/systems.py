"""A system that pulls: a client of one force with a token, as an integrator has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client as Browser

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clients import services
from foundation.clients.models import Client
from missingcases.made.forces import MET


@dataclass(frozen=True, slots=True)
class System:
    """A client of the Met, the token it holds, and the actor that its requests are."""

    client: Client
    token: str
    actor: Actor

    @property
    def bearer(self) -> dict[str, str]:
        """The header it sends."""
        return {"authorization": f"Bearer {self.token}"}


def let_in(code: str = MET) -> System:
    """Make a client and get a token as a system does."""
    force = Organisation.objects.get(code=code)
    administrator = Actor(force.pk, frozenset({Role.ADMINISTRATOR}), source="bench")
    made = services.make_client(actor=administrator, name="Bench", scopes=list(settings.API_SCOPES))
    form = {
        "grant_type": "client_credentials",
        "client_id": made.client.client_id,
        "client_secret": made.secret,
    }
    answer = Browser().post(
        "/api/v1/token", urlencode(form), content_type="application/x-www-form-urlencoded"
    )
    token = json.loads(answer.content)["access_token"]
    kind = OrganisationKind(force.kind)
    actor = Actor(
        force.pk,
        frozenset({Role.API_CLIENT}),
        client_id=made.client.pk,
        organisation_kind=kind,
        source="bench",
    )
    return System(made.client, token, actor)


def shut_out(system: System) -> None:
    """Revoke it, as an administrator of its force does."""
    administrator = Actor(system.client.organisation_id, frozenset({Role.ADMINISTRATOR}), source="bench")
    services.revoke_client(actor=administrator, client_id=system.client.pk, reason="The bench is over.")
