"""Noting what addresses are to be told, and sending it again."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from missingcases.hooks import policies, selectors
from missingcases.hooks.deadlines import KEPT, TRIED_FOR
from missingcases.hooks.enums import HookType
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.models import Incident

SERVICE = "webhooks"
GUARD = "hooks.delivery"
OWNER = "hooks.Delivery"
TELLER = Actor.system("hooks.tell")
# More than this is asked for in several goes, so that no page runs into its time limit.
REPLAYED_AT_ONCE = 500


@transaction.atomic
def tell(*, kind: str, incident_id: int, at: datetime, subject: str = "") -> int:
    """Queue `kind` for every address that wants it and may know of the incident; returns how many.

    `kind` is a `HookType` or a service's own (`foundation.contributions.HookKind`), with the reference of
    what it tells of as its `subject`.

    Runs in the transaction of what happened, so that nothing is told that did not happen.
    """
    endpoints = selectors.wanting(kind, incident_id)
    if not endpoints:
        return 0
    version = Incident.objects.values_list("version", flat=True).get(pk=incident_id)
    for endpoint in endpoints:
        row = Delivery.objects.create(
            endpoint=endpoint, type=kind, incident_id=incident_id, version=version, subject=subject, at=at
        )
        _queue(row, endpoint, actor=TELLER)
    return len(endpoints)


@transaction.atomic
def send_test(*, actor: Actor, endpoint_id: int) -> Delivery:
    """Send an address something that tells of nothing."""
    endpoint = Endpoint.objects.get(pk=endpoint_id)
    require(policies.may_send(actor, endpoint))
    row = Delivery.objects.create(endpoint=endpoint, type=HookType.TEST, at=timezone.now())
    _queue(row, endpoint, actor=actor)
    audit.record(actor=actor, action="webhook.tested", target=endpoint)
    return row


@transaction.atomic
def replay(*, actor: Actor, delivery_id: int) -> Delivery:
    """Send one delivery again under its old id, marked as a replay. Raises `Refused` while under way."""
    row = Delivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    endpoint = row.endpoint
    require(policies.may_replay(actor, endpoint, _status_of(row)))
    _send_again(row, endpoint, actor=actor)
    audit.record(actor=actor, action="webhook.replayed", target=endpoint, target_ids=[row.pk])
    return row


def _status_of(row: Delivery) -> str:
    return Message.objects.values_list("status", flat=True).filter(pk=row.message_id or 0).first() or ""


@transaction.atomic
def replay_not_taken(*, actor: Actor, endpoint_id: int, since: datetime) -> int:
    """Send again what the address has not taken since then, oldest first; at most `REPLAYED_AT_ONCE`."""
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
    require(policies.may_send(actor, endpoint))
    rows = list(selectors.not_taken_since(endpoint, since)[:REPLAYED_AT_ONCE])
    for row in rows:
        _send_again(row, endpoint, actor=actor)
    if rows:
        audit.record(
            actor=actor, action="webhook.replayed", target=endpoint, target_ids=[row.pk for row in rows]
        )
    return len(rows)


def _send_again(row: Delivery, endpoint: Endpoint, *, actor: Actor) -> None:
    row.replays += 1
    row.save(update_fields=["replays"])
    _queue(row, endpoint, actor=actor)


def _queue(row: Delivery, endpoint: Endpoint, *, actor: Actor) -> None:
    now = timezone.now()
    of_service = selectors.of_a_service(row.type)
    resting = endpoint.rests_until is not None and endpoint.rests_until > now
    message = messaging.queue_message(
        actor=actor,
        channel="webhook",
        lane=of_service.lane if of_service else "bulk",
        to=endpoint.url,
        body=_body(row),
        service=SERVICE,
        owner=(OWNER, row.pk),
        guard=GUARD,
        organisation_id=endpoint.organisation_id,
        valid_until=now + TRIED_FOR,
        not_before=endpoint.rests_until if resting else None,
        dedupe_key=f"hooks:{row.pk}:{row.replays}",
    )
    row.message_id = message.pk
    row.save(update_fields=["message_id"])


def _body(row: Delivery) -> str:
    """What the receiver reads: a type, a reference, a version, a time. The rest it pulls."""
    about = {"incident": row.incident.reference, "version": row.version} if row.incident else {}
    if row.subject:
        about["subject"] = row.subject
    return json.dumps(
        {
            "type": row.type,
            "timestamp": row.at.isoformat(),
            "data": {**about, "replay": row.replays > 0},
        }
    )


def forget_old() -> int:
    """Drop deliveries whose time on the list is over; returns how many."""
    return Delivery.objects.filter(created_at__lte=timezone.now() - KEPT).delete()[0]
