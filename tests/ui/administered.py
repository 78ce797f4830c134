"""What administrators have set up, for the pages of the walk. `by` gives a person of the demonstration."""

from __future__ import annotations

from collections.abc import Callable

from django.test import override_settings
from django.utils import timezone

from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.clients import services as clients
from foundation.events.models import Owed
from foundation.messaging.services import limits
from foundation.single_sign_on import services as sign_in
from foundation.single_sign_on.models import Identity
from missingcases.hooks import services as hooks


def administration(by: Callable[[str], Actor]) -> None:
    """What an administrator of a force and of the charity set up, and a delivery that is stuck."""
    administrator = by("met.administrator")
    accounts.invite(
        actor=administrator,
        organisation_id=administrator.organisation_id,
        email="newcomer@met.example",
        roles=[Role.POLICE_OFFICER],
    )
    clients.make_client(actor=administrator, name="Record system", scopes=["incidents:read"])
    _own_sign_in(administrator, by)
    limits.set_limit(
        actor=by("charity.manager"),
        organisation_id=administrator.organisation_id or 0,
        service="textsafe",
        count=50,
        seconds=86_400,
        reason="What the helpline can answer.",
    )
    Owed.objects.create(
        event="missingcases.IncidentReported",
        payload={"incident_id": 0, "at": timezone.now().isoformat()},
        subscriber="textsafe.subscribers.consider_reported",
        status="stuck",
        error_kind="DoesNotExist",
        due_at=timezone.now(),
    )


def _own_sign_in(administrator: Actor, by: Callable[[str], Actor]) -> None:
    """The force's own sign-in, set up and not switched on, by which one person has come."""
    given = sign_in.Connection(
        "https://login.met.example", "harbour", "secret", ["openid", "profile"], ["met.example"]
    )
    row = sign_in.save_connection(actor=administrator, version=0, given=given)
    values = {Role.POLICE_OFFICER: ["missing-persons-desk"], Role.POLICE_SUPERVISOR: ["duty-sergeants"]}
    rules = sign_in.Rules("roles", values, "invited", ["mfa"], [])
    sign_in.save_rules(actor=administrator, version=row.version, given=rules)
    Identity.objects.create(
        organisation=row.organisation,
        issuer=row.issuer,
        subject="0d1f",
        user_id=by("met.officer").user_id,
        proof="password",
    )


def webhooks(by: Callable[[str], Actor]) -> None:
    """A force's address that has heard of something, and one that is turned off."""
    administrator = by("met.administrator")
    with override_settings(WEBHOOK_ALLOWED_HOSTS=["127.0.0.1"]):
        for port, is_on in ((9, True), (10, False)):
            url = f"http://127.0.0.1:{port}/in"
            row = hooks.add_endpoint(actor=administrator, url=url, types=["incident.changed"])
            hooks.send_test(actor=administrator, endpoint_id=row.pk)
            if not is_on:
                hooks.turn_off(actor=administrator, endpoint_id=row.pk)
