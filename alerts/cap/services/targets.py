"""Partners' systems that get every message. A secret leaves here once: when it is made."""

from __future__ import annotations

import base64
import secrets

from django.db import IntegrityError, transaction

from alerts.cap.enums import TargetStatus
from alerts.cap.models import PushTarget
from alerts.cap.policies import may_keep_targets
from alerts.cap.services.pushing import OWNER
from alerts.cap.states import TARGET
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.addresses import normalise
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.gateways import outside
from foundation.states import move


def add_target(*, actor: Actor, name: str, url: str, takes_exercises: bool) -> PushTarget:
    """Register a partner's address; its `secret` is to be shown now and never again.

    Raises `Refused`, and `Invalid` for an address that may not be called or is registered already. The
    address is looked up here, outside any transaction, and again at every sending.
    """
    require(may_keep_targets(actor))
    if not name.strip():
        raise Invalid({"name": "Say whose system it is."})
    address = _callable(url)
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    try:
        with transaction.atomic():
            row = PushTarget.objects.create(
                name=name.strip(),
                url=address,
                takes_exercises=takes_exercises,
                secret=secret,
                created_by_id=actor.user_id,
            )
            audit.record(actor=actor, action="cap.target_added", target=row, fields=["name", "url"])
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


def turn_off(*, actor: Actor, target_id: int) -> PushTarget:
    """Send nothing there until it is turned on again; what is queued is not sent."""
    return _moved(actor, target_id, TargetStatus.OFF)


def turn_on(*, actor: Actor, target_id: int) -> PushTarget:
    """Send from the next message on; what it missed it reads from the feed."""
    return _moved(actor, target_id, TargetStatus.ACTIVE)


@transaction.atomic
def remove_target(*, actor: Actor, target_id: int) -> PushTarget:
    """Forget an address: nothing more goes there, and its secret is gone."""
    row = _moved(actor, target_id, TargetStatus.REMOVED)
    PushTarget.objects.filter(pk=row.pk).update(secret="")
    return row


@transaction.atomic
def _moved(actor: Actor, target_id: int, to: TargetStatus) -> PushTarget:
    row = PushTarget.objects.get(pk=target_id)
    require(may_keep_targets(actor))
    row = move(row, TARGET, to, actor=actor)
    if to != TargetStatus.ACTIVE:
        waiting = list(row.pushes.values_list("pk", flat=True))
        messaging.cancel_for_owner(actor=actor, owner_label=OWNER, owner_ids=waiting, cause="target_off")
    return row
