"""Sending a broadcast: claimed in chunks at the provider's pace, sent side by side, settled in one write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, F, Value, When
from django.utils import timezone

from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, Channel, DeliveryStatus, Lane
from foundation.messaging.gateways.base import NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.registry import gateway_for
from foundation.messaging.gateways.twilio import status_callback_url
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry, Suppression
from foundation.messaging.services import switches
from foundation.messaging.services.broadcast import KEEPER, cancel, clear_up
from foundation.messaging.services.entries import write_entries
from foundation.messaging.services.lines import lease, lines_of
from foundation.messaging.services.parts import Taken, take_next
from foundation.messaging.services.send import LOST_AFTER, SWEEP_FOR, TRUSTED_FOR
from foundation.messaging.services.settle import OPTED_OUT_CODES
from foundation.messaging.services.standing_aside import stand_aside
from foundation.messaging.services.suppression import suppress_key
from foundation.messaging.states import DELIVERY
from foundation.messaging.switchboard import guard_of, policy_of
from foundation.states import move_many

log = structlog.get_logger(__name__)

CHUNK = 100
THREADS = 16


@dataclass(frozen=True, slots=True)
class Ending:
    """How one delivery of a chunk ended, as far as is known."""

    number: int
    to: DeliveryStatus
    outcome: AttemptOutcome
    code: str = ""
    provider_id: str = ""
    retry_at: datetime | None = None


def reference_of(broadcast: Broadcast, number: int) -> str:
    """The public name of one delivery; receipts carry it back to us."""
    return f"{broadcast.reference}-{number}"


def send_broadcasts(*, lane: str) -> int:
    """Send what is due of every running broadcast of `lane`, in turn; returns how many were handed over."""
    until = timezone.now() + SWEEP_FOR
    sent = 0
    waiting = list(Broadcast.objects.filter(lane=lane, ended_at__isnull=True).order_by("pk"))
    while waiting and timezone.now() < until:
        if lane == Lane.BULK:
            stand_aside()
        waiting = [
            one for one in waiting if (done := send_chunk(broadcast_id=one.pk)) and (sent := sent + done)
        ]
    return sent


def send_chunk(*, broadcast_id: int) -> int:
    """Claim, look, send and settle one chunk; returns how many were claimed."""
    broadcast = Broadcast.objects.get(pk=broadcast_id)
    token = uuid4()
    rows = _claim(broadcast, token)
    if rows and _may_go(broadcast):
        _settle(broadcast, token, _send_all(broadcast, rows))
    elif rows:
        _settle(broadcast, token, [_back(row) for row in rows])
    else:
        clear_up(broadcast_id=broadcast_id)
    return len(rows)


def _claim(broadcast: Broadcast, token: UUID) -> list[Taken]:
    line = lines_of(broadcast.channel).first()
    given = lease(line_id=line.pk, wanted=CHUNK) if line else None
    if line is None or given is None:
        return []
    again = _claim_again(broadcast, token, most=given.slots)
    if again:
        return again
    while (taken := take_next(broadcast, token, line_id=line.pk, most=given.slots)) == []:
        pass
    return taken or []


@transaction.atomic(durable=True)
def _claim_again(broadcast: Broadcast, token: UUID, *, most: int) -> list[Taken]:
    """What was put back and is due."""
    now = timezone.now()
    if not _is_running(broadcast, now=now):
        return []
    due = broadcast.deliveries.filter(status=DeliveryStatus.QUEUED, next_attempt_at__lte=now)
    rows = list(
        due.order_by("next_attempt_at", "number").select_for_update(skip_locked=True, no_key=True)[:most]
    )
    rows = _without_suppressed(broadcast, rows)
    move_many(
        Delivery.objects.filter(pk__in=[row.pk for row in rows]),
        DELIVERY,
        DeliveryStatus.QUEUED,
        DeliveryStatus.SENDING,
        actor=KEEPER,
        changes={"claim_token": token, "claimed_at": now, "attempts": F("attempts") + 1},
        audited=False,
    )
    return [Taken(row.number, row.to, row.attempts + 1) for row in rows]


def _is_running(broadcast: Broadcast, *, now: datetime) -> bool:
    """Read afresh: a cancel or a kill switch holds from the moment it is committed."""
    broadcast.refresh_from_db(fields=["status"])
    return (
        broadcast.status == BroadcastStatus.OPEN
        and broadcast.valid_until > now
        and not switches.is_stopped(broadcast.service, lane=broadcast.lane)
    )


def _without_suppressed(broadcast: Broadcast, rows: list[Delivery]) -> list[Delivery]:
    keys = set(
        Suppression.objects.filter(
            service=broadcast.service,
            channel=broadcast.channel,
            to_key__in=[row.to_key for row in rows],
            lifted_at__isnull=True,
        ).values_list("to_key", flat=True)
    )
    held = move_many(
        Delivery.objects.filter(pk__in=[row.pk for row in rows if row.to_key in keys]),
        DELIVERY,
        DeliveryStatus.QUEUED,
        DeliveryStatus.SUPPRESSED,
        actor=KEEPER,
        changes={"failed_code": "suppressed"},
        audited=False,
    )
    write_entries(held, AttemptOutcome.SUPPRESSED, code="suppressed")
    return [row for row in rows if row.to_key not in keys]


def _may_go(broadcast: Broadcast) -> bool:
    """The broadcast's own check, after the claim; a refusal ends the broadcast. Missing data: do not send."""
    try:
        refusal = guard_of(broadcast.guard)(broadcast.owner_id)
    except Exception as error:
        log.error("guard_broke", broadcast_id=broadcast.pk, error=type(error).__name__)
        return False
    if refusal is not None:
        cancel(actor=KEEPER, broadcast_id=broadcast.pk, reason=refusal.message)
        return False
    return True


def _send_all(broadcast: Broadcast, rows: Sequence[Taken]) -> list[Ending]:
    """Send a few side by side, then look again whether the rest may still go."""
    started = timezone.now()
    endings: list[Ending] = []
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        for first in range(0, len(rows), THREADS):
            now = timezone.now()
            if now - started > TRUSTED_FOR or not _is_running(broadcast, now=now):
                endings += [_back(row) for row in rows[first:]]
                break
            few = rows[first : first + THREADS]
            endings += pool.map(lambda row: _send(broadcast, row), few)
    return endings


def _send(broadcast: Broadcast, row: Taken) -> Ending:
    """Hand one over. No database here: it runs in a thread."""
    try:
        accepted = gateway_for(broadcast.channel).send(_outgoing(broadcast, row))
    except NotAccepted as answer:
        return _not_accepted(broadcast, row, answer)
    except OutcomeUnknown:
        return Ending(row.number, DeliveryStatus.UNKNOWN, AttemptOutcome.UNKNOWN, "no_answer")
    except Exception as error:
        code = type(error).__name__[:60]
        log.error("gateway_broke", broadcast_id=broadcast.pk, error=code)
        return Ending(row.number, DeliveryStatus.UNKNOWN, AttemptOutcome.UNKNOWN, code)
    return Ending(row.number, DeliveryStatus.SENT, AttemptOutcome.ACCEPTED, provider_id=accepted.provider_id)


def _outgoing(broadcast: Broadcast, row: Taken) -> Outgoing:
    reference = reference_of(broadcast, row.number)
    left = int((broadcast.valid_until - timezone.now()).total_seconds())
    return Outgoing(
        reference=reference,
        to=row.to,
        body=broadcast.body,
        subject=broadcast.subject,
        status_callback=status_callback_url(reference) if broadcast.channel == Channel.SMS else "",
        validity_seconds=max(left, 1),
        sender=settings.MESSAGE_SENDERS.get(f"{broadcast.channel}:{broadcast.service}", ""),
    )


def _not_accepted(broadcast: Broadcast, row: Taken, answer: NotAccepted) -> Ending:
    code = answer.code or "rejected"
    if answer.code in OPTED_OUT_CODES:
        return Ending(row.number, DeliveryStatus.SUPPRESSED, AttemptOutcome.SUPPRESSED, code)
    tried = row.tries
    if answer.permanent or (
        answer.retry_after is None and tried >= policy_of(broadcast.service).max_attempts
    ):
        return Ending(row.number, DeliveryStatus.FAILED, AttemptOutcome.REJECTED, code)
    wait = answer.retry_after or wait_after(tried)
    until = timezone.now() + max(wait, timedelta(seconds=1))
    return Ending(row.number, DeliveryStatus.QUEUED, AttemptOutcome.NOT_ACCEPTED, answer.code, retry_at=until)


def _back(row: Taken) -> Ending:
    return Ending(row.number, DeliveryStatus.QUEUED, AttemptOutcome.RELEASED, "held", retry_at=timezone.now())


@transaction.atomic(durable=True)
def _settle(broadcast: Broadcast, token: UUID, endings: Sequence[Ending]) -> None:
    """One write for each kind of ending in the chunk; a receipt that was quicker is left as it is."""
    now = timezone.now()
    groups: dict[tuple[DeliveryStatus, datetime | None], list[Ending]] = defaultdict(list)
    for one in endings:
        groups[one.to, one.retry_at].append(one)
    for (to, retry_at), group in groups.items():
        changes: dict[str, object] = {"claim_token": None, "failed_code": _each(group, "code", "failed_code")}
        if to == DeliveryStatus.SENT:
            changes = {"claim_token": None, "sent_at": now}
        if retry_at is not None:
            changes |= {"next_attempt_at": retry_at, "claimed_at": None}
        if retry_at is not None and group[0].outcome is AttemptOutcome.RELEASED:
            changes["attempts"] = F("attempts") - 1
        mine = broadcast.deliveries.filter(number__in=[one.number for one in group], claim_token=token)
        move_many(mine, DELIVERY, DeliveryStatus.SENDING, to, actor=KEEPER, changes=changes, audited=False)
    _learn_opt_outs(broadcast, [one.number for one in endings if one.to == DeliveryStatus.SUPPRESSED])
    accepted = [one for one in endings if one.provider_id]
    named = broadcast.deliveries.filter(number__in=[one.number for one in accepted], provider_id="")
    if accepted:
        named.update(provider_id=_each(accepted, "provider_id", "provider_id"))
    DeliveryEntry.objects.bulk_create(
        DeliveryEntry(
            broadcast_id=broadcast.pk,
            number=one.number,
            at=now,
            outcome=one.outcome,
            code=one.code,
            provider_id=one.provider_id,
        )
        for one in endings
        if one.outcome is not AttemptOutcome.RELEASED
    )


def _learn_opt_outs(broadcast: Broadcast, numbers: Sequence[int]) -> None:
    """The provider knows of opt-outs that we do not: our ledger learns them."""
    keys = broadcast.deliveries.filter(number__in=numbers).order_by("to_key").values_list("to_key", flat=True)
    for key in keys:
        suppress_key(
            actor=KEEPER,
            service=broadcast.service,
            channel=broadcast.channel,
            to_key=key,
            cause="provider",
        )


def _each(group: Sequence[Ending], name: str, column: str) -> Case:
    whens = [When(number=one.number, then=Value(getattr(one, name))) for one in group]
    return Case(*whens, default=F(column), output_field=CharField())


def find_lost_deliveries() -> int:
    """Call unknown what a dead worker claimed; receipts clear it up, and nothing sends it again."""
    with transaction.atomic(durable=True):
        ids = move_many(
            Delivery.objects.filter(claimed_at__lte=timezone.now() - LOST_AFTER),
            DELIVERY,
            DeliveryStatus.SENDING,
            DeliveryStatus.UNKNOWN,
            actor=KEEPER,
            audited=False,
        )
        write_entries(ids, AttemptOutcome.UNKNOWN, code="lost")
    return len(ids)
