"""After a restore: opt-outs and switches set again, and what the provider sent meanwhile taken over.

What left after the backup counts for caps and is not sent once more, though nobody here remembers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.backups.switchboard import Reconciled
from foundation.messaging import numbers
from foundation.messaging.enums import AttemptOutcome, Channel, DeliveryStatus, Lane, MessageStatus, Standing
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.gateways.base import Listed, ListsSent
from foundation.messaging.gateways.registry import gateway_for, provider_of
from foundation.messaging.gateways.statuses import standing_of
from foundation.messaging.models import Delivery, Message
from foundation.messaging.services import switches
from foundation.messaging.services.log import write_log
from foundation.messaging.services.missed import take_missed
from foundation.messaging.services.proof import prove
from foundation.messaging.services.receipts import reason_of
from foundation.messaging.services.suppression import lift_key, suppress_key
from foundation.messaging.states import DELIVERY
from foundation.messaging.switchboard import ALWAYS, policies
from foundation.states import move_many

RESTORER = Actor.system("messaging.restored")
# Not sent as far as this database knows: the provider may know better.
_WAITING = (MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.UNKNOWN)


def suppress_again(ids: Mapping[str, Any]) -> bool:
    """An opt-out of the ledger."""
    suppress_key(actor=RESTORER, **ids)
    return True


def lift_again(ids: Mapping[str, Any]) -> bool:
    """A lifted opt-out of the ledger."""
    return lift_key(actor=RESTORER, **ids, reason="Lifted again from the ledger after a restore.")


def stop_again(ids: Mapping[str, Any]) -> bool:
    """A kill switch that was thrown."""
    return switches.set_again(service=ids["service"], is_stopped=True)


def start_again(ids: Mapping[str, Any]) -> bool:
    """A kill switch that was lifted."""
    return switches.set_again(service=ids["service"], is_stopped=False)


def take_what_was_sent(since: datetime, hold_id: int) -> Reconciled:
    """Ask the text provider what it sent and what came in since; keep what this database never heard of.

    Call outside a transaction. Raises `OutcomeUnknown` where it cannot be asked.
    """
    gateway = gateway_for(Channel.SMS)
    if not isinstance(gateway, ListsSent):
        return Reconciled(0, 0)
    listed = _news(gateway.sent(since))
    found = unclear = 0
    for one in sorted(listed, key=lambda one: one.found.at):
        if _take(one, hold_id):
            found += 1
        else:
            unclear += 1
    found += _still_with_provider(since)
    take_missed(since=since)
    return Reconciled(found, unclear)


def _news(listed: list[Listed]) -> list[Listed]:
    asked = [one.found.provider_id for one in listed]
    known = set(Message.objects.filter(provider_id__in=asked).values_list("provider_id", flat=True))
    known |= set(Delivery.objects.filter(provider_id__in=asked).values_list("provider_id", flat=True))
    return [one for one in listed if one.found.provider_id not in known]


@transaction.atomic
def _take(one: Listed, hold_id: int) -> bool:
    """Whether it could be placed: a redacted number cannot."""
    try:
        key = numbers.key_of(Channel.SMS, numbers.normalise(one.to))
    except InvalidAddress:
        return False
    waiting = Message.objects.select_for_update(no_key=True).filter(
        channel=Channel.SMS, to_key=key, status__in=_WAITING, provider_id=""
    )
    match = next((row for row in waiting.order_by("pk") if _same_text(row.body, one.body)), None)
    if match is not None:
        _prove(match, one)
    elif not _take_delivery(key, one):
        _keep_unheard_of(key, one, hold_id)
    return True


def _same_text(ours: str, theirs: str) -> bool:
    """A trial account puts a sentence before it; a redacted one says nothing against it."""
    return not theirs or theirs.replace("\r\n", "\n").strip().endswith(ours.replace("\r\n", "\n").strip())


def _prove(row: Message, one: Listed) -> None:
    standing = standing_of(one.found.status, one.found.code) or Standing.ACCEPTED
    moved = prove(
        [row.pk],
        standing,
        at=one.found.at,
        provider_id=one.found.provider_id,
        code=one.found.code,
        reason=reason_of(one.found.code),
        changes={"provider": provider_of(Channel.SMS), "claimed_at": one.found.at},
    )
    write_log(moved, AttemptOutcome.FOUND, code="restored", provider_id=one.found.provider_id)


def _take_delivery(key: str, one: Listed) -> bool:
    rows = Delivery.objects.filter(to_key=key, status=DeliveryStatus.QUEUED).select_related("broadcast")
    match = next((row for row in rows if _same_text(row.broadcast.body, one.body)), None)
    if match is None:
        return False
    changes = {"sent_at": one.found.at, "provider_id": one.found.provider_id}
    mine = Delivery.objects.filter(pk=match.pk)
    move_many(
        mine,
        DELIVERY,
        DeliveryStatus.QUEUED,
        DeliveryStatus.SENT,
        actor=RESTORER,
        changes=changes,
        audited=False,
    )
    return True


def _keep_unheard_of(key: str, one: Listed, hold_id: int) -> None:
    """A row for each capped service it may have been of, without its words, so that the cap counts it."""
    for name, policy in policies().items():
        sender = settings.MESSAGE_SENDERS.get(f"sms:{name}", settings.TWILIO_SENDER)
        if policy.cap is None or sender not in one.senders:
            continue
        row = Message(
            channel=Channel.SMS,
            lane=Lane.NORMAL,
            to=one.to,
            to_key=key,
            body="",
            service=name,
            owner_label="backups.Hold",
            owner_id=hold_id,
            guard=ALWAYS,
            dedupe_key=f"restored:{one.found.provider_id}:{name}",
            valid_until=timezone.now() + timedelta(days=1),
            next_attempt_at=one.found.at,
            claimed_at=one.found.at,
        )
        Message.objects.bulk_create([row], ignore_conflicts=True)
        _prove(Message.objects.get(dedupe_key=row.dedupe_key), one)


def _still_with_provider(since: datetime) -> int:
    """Our waiting texts that the provider has taken and not sent yet: its list by date lacks them."""
    gateway = gateway_for(Channel.SMS)
    waiting = Message.objects.filter(
        channel=Channel.SMS, status__in=_WAITING, provider_id="", valid_until__gt=timezone.now()
    )
    taken = 0
    for row in waiting.order_by("pk"):
        listed = gateway.find(to=row.to, body=row.body, since=max(since, row.created_at))
        found = [one for one in listed if not Message.objects.filter(provider_id=one.provider_id).exists()]
        if found:
            with transaction.atomic():
                _prove(row, Listed(found[-1], row.to, row.body))
            taken += 1
    return taken
