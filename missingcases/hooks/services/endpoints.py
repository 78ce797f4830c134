"""Adding, changing and removing addresses. A secret leaves here once: when it is made."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.addresses import normalise
from foundation.messaging.enums import MessageStatus
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.gateways import outside
from foundation.messaging.models import Message
from foundation.states import move
from missingcases.hooks import policies
from missingcases.hooks.deadlines import BOTH_SIGN
from missingcases.hooks.enums import CHOICES, EndpointStatus
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.hooks.services.deliveries import OWNER, SERVICE
from missingcases.hooks.states import ENDPOINT
from missingcases.services.common import apply, check_version

_SECRET_BYTES = 32


def make_secret() -> str:
    """A new secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def add_endpoint(*, actor: Actor, url: str, types: Sequence[str]) -> Endpoint:
    """Register an address for the actor's organisation; its `secret` is to be shown now and never again.

    Raises `Refused`, and `Invalid` for an address that may not be called or is registered already. The
    address is looked up here, outside any transaction, and again at every sending.
    """
    require(policies.may_add(actor))
    address = _callable(url)
    _check_types(types)
    try:
        with transaction.atomic():
            row = Endpoint.objects.create(
                organisation_id=actor.organisation_id or 0,
                url=address,
                types=sorted(types),
                secret=make_secret(),
                created_by_id=actor.user_id,
            )
            audit.record(actor=actor, action="webhook.added", target=row, fields=["types", "url"])
    except IntegrityError:
        raise Invalid({"url": "This address is registered already."}) from None
    return row


def _callable(url: str) -> str:
    try:
        address = normalise("webhook", url)
        outside.check(address)
    except (InvalidAddress, outside.NotAllowed):
        raise Invalid(
            {"url": "Enter an address that starts with https:// and lies outside this network."}
        ) from None
    except outside.NoSuchHost:
        raise Invalid({"url": "This name was not found. Check its spelling, or try again later."}) from None
    return address


def _check_types(types: Sequence[str]) -> None:
    if not types or not set(types) <= {value for value, _ in CHOICES}:
        raise Invalid({"types": "Choose what the address is told of."})


@transaction.atomic
def change_types(*, actor: Actor, endpoint_id: int, version: int, types: Sequence[str]) -> Endpoint:
    """Choose anew what an address is told of. Raises `Conflict` where somebody else did meanwhile."""
    row = _locked(endpoint_id)
    require(policies.may_manage(actor, row))
    _check_types(types)
    if apply(row, version=version, changes={"types": sorted(types)}):
        audit.record(actor=actor, action="webhook.changed", target=row, fields=["types"])
    return row


@transaction.atomic
def new_secret(*, actor: Actor, endpoint_id: int, version: int) -> Endpoint:
    """Make a new secret, to be shown now; the one before signs beside it for `BOTH_SIGN`.

    Raises `Conflict` where the row moved on, so that a page sent twice makes one secret.
    """
    row = _locked(endpoint_id)
    require(policies.may_manage(actor, row))
    check_version(row, version, {})
    row.old_secret, row.old_secret_until = row.secret, timezone.now() + BOTH_SIGN
    row.secret = make_secret()
    row.version += 1
    row.save(update_fields=["old_secret", "old_secret_until", "secret", "version"])
    audit.record(actor=actor, action="webhook.secret_changed", target=row, fields=["secret"])
    return row


def turn_off(*, actor: Actor, endpoint_id: int) -> Endpoint:
    """Send nothing there until it is turned on again; what is queued is not sent."""
    return _moved(actor, endpoint_id, EndpointStatus.OFF)


@transaction.atomic
def turn_on(*, actor: Actor, endpoint_id: int) -> Endpoint:
    """Send again from now on. What was missed meanwhile can be replayed."""
    row = _locked(endpoint_id)
    require(policies.may_manage(actor, row))
    afresh = {"failures": 0, "failing_since": None, "rests_until": None}
    return move(row, ENDPOINT, EndpointStatus.ACTIVE, actor=actor, changes=afresh)


def remove(*, actor: Actor, endpoint_id: int) -> Endpoint:
    """Forget an address: nothing more goes there, and its secrets are gone."""
    with transaction.atomic():
        row = _moved(actor, endpoint_id, EndpointStatus.REMOVED)
        Endpoint.objects.filter(pk=row.pk).update(secret="", old_secret="")
    return row


@transaction.atomic
def _moved(actor: Actor, endpoint_id: int, to: EndpointStatus) -> Endpoint:
    row = _locked(endpoint_id)
    require(policies.may_manage(actor, row))
    row = move(row, ENDPOINT, to, actor=actor)
    queued = Message.objects.filter(service=SERVICE, status=MessageStatus.QUEUED).values("pk")
    waiting = Delivery.objects.filter(endpoint=row, message_id__in=queued).values_list("pk", flat=True)
    messaging.cancel_for_owner(actor=actor, owner_label=OWNER, owner_ids=waiting, cause="endpoint_off")
    return row


def _locked(endpoint_id: int) -> Endpoint:
    return Endpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
