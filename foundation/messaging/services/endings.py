"""What became of deliveries that were handed over, or withheld: judged one by one, written down together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from foundation.messaging.backoff import wait_after
from foundation.messaging.enums import AttemptOutcome, DeliveryStatus
from foundation.messaging.gateways.base import (
    Accepted,
    AddressBusy,
    AddressGone,
    NotAccepted,
    NotReached,
    OutcomeUnknown,
)
from foundation.messaging.gateways.bulk.base import Ended
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.services.broadcast import KEEPER
from foundation.messaging.services.entries import write_lines
from foundation.messaging.services.gone import keep_gone
from foundation.messaging.services.handing import Handing
from foundation.messaging.services.settle import OPTED_OUT_CODES
from foundation.messaging.services.suppression import suppress_key
from foundation.messaging.states import DELIVERY
from foundation.messaging.switchboard import policy_of
from foundation.states import Moving, move_each

# The batch that one was claimed in, and how it ended.
Settled = tuple[str, "Ending"]
_AT_ONCE = timedelta(0)
_AT_LEAST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """How one delivery ended, as far as is known. `wait` is for one that is to be tried again.

    `uses_try` is False where its provider never judged it, `is_gone` True where its address is no more.
    """

    number: int
    to: DeliveryStatus
    outcome: AttemptOutcome
    code: str = ""
    provider_id: str = ""
    wait: timedelta | None = None
    uses_try: bool = True
    is_gone: bool = False


def judged(service: str, handing: Handing, ended: Ended) -> Ending:
    """What the provider's answer, or its silence, means for one delivery."""
    if isinstance(ended, Accepted):
        return Ending(
            handing.number, DeliveryStatus.SENT, AttemptOutcome.ACCEPTED, provider_id=ended.provider_id
        )
    if isinstance(ended, OutcomeUnknown):
        return Ending(handing.number, DeliveryStatus.UNKNOWN, AttemptOutcome.UNKNOWN, ended.code)
    if isinstance(ended, NotReached):
        return _again(handing, "not_reached", _AT_ONCE, uses_try=False)
    return _not_accepted(service, handing, ended)


def _not_accepted(service: str, handing: Handing, answer: NotAccepted) -> Ending:
    code = answer.code or "rejected"
    is_gone = isinstance(answer, AddressGone)
    if isinstance(answer, AddressBusy):
        return _again(handing, code, max(answer.retry_after or _AT_ONCE, _AT_LEAST), uses_try=False)
    if answer.code in OPTED_OUT_CODES:
        return Ending(handing.number, DeliveryStatus.SUPPRESSED, AttemptOutcome.SUPPRESSED, code)
    if answer.retry_after is not None and not answer.permanent:  # the line rests; another may take it now
        return _again(handing, answer.code, _AT_ONCE, uses_try=False)
    if answer.permanent or handing.tries >= policy_of(service).max_attempts:
        return Ending(handing.number, DeliveryStatus.FAILED, AttemptOutcome.REJECTED, code, is_gone=is_gone)
    return _again(handing, answer.code, max(wait_after(handing.tries), _AT_LEAST))


def _again(handing: Handing, code: str, wait: timedelta, *, uses_try: bool = True) -> Ending:
    return Ending(
        handing.number,
        DeliveryStatus.QUEUED,
        AttemptOutcome.NOT_ACCEPTED,
        code,
        wait=wait,
        uses_try=uses_try,
    )


def withheld(handing: Handing, to: DeliveryStatus) -> Ending:
    """It was claimed and never handed over: it goes back, or ends with its broadcast."""
    outcome = {
        DeliveryStatus.CANCELLED: AttemptOutcome.CANCELLED,
        DeliveryStatus.EXPIRED: AttemptOutcome.EXPIRED,
    }.get(to, AttemptOutcome.RELEASED)
    wait = _AT_ONCE if to == DeliveryStatus.QUEUED else None
    return Ending(handing.number, to, outcome, to.value, wait=wait, uses_try=False)


@transaction.atomic(durable=True)
def settle(broadcast: Broadcast, ended: Sequence[Settled]) -> None:
    """One write for all of them; a receipt that was quicker is left as it is. Done twice it is done once."""
    now, endings = timezone.now(), [one for _, one in ended]
    moved = move_each(_moving(broadcast), [_row(token, one, now) for token, one in ended], actor=KEEPER)
    late = _name_late(broadcast, [one for one in endings if one.provider_id and one.number not in moved])
    write_lines(
        (
            (broadcast.pk, one.number, one.outcome.value, one.code, one.provider_id)
            for one in endings
            if one.outcome is not AttemptOutcome.RELEASED and (one.number in moved or one.number in late)
        ),
        at=now,
    )
    _learn_opt_outs(broadcast, [one.number for one in endings if one.to == DeliveryStatus.SUPPRESSED])
    keep_gone(broadcast, [one.number for one in endings if one.is_gone and one.number in moved])


def _moving(broadcast: Broadcast) -> Moving:
    return Moving(
        model=Delivery,
        table=DELIVERY,
        source=DeliveryStatus.SENDING,
        key="number",
        same={"broadcast_id": broadcast.pk},
        agreeing=["claim_token"],
        columns={
            "claim_token": "uuid",
            "sent_at": "timestamptz",
            "provider_id": "text",
            "failed_code": "text",
            "next_attempt_at": "timestamptz",
            "tried": "int",
        },
        written=(
            "claim_token = NULL,"
            " claimed_at = CASE WHEN each.status = 'queued' THEN NULL ELSE row.claimed_at END,"
            " sent_at = COALESCE(each.sent_at, row.sent_at), failed_code = each.failed_code,"
            " provider_id = COALESCE(NULLIF(each.provider_id, ''), row.provider_id),"
            " next_attempt_at = COALESCE(each.next_attempt_at, row.next_attempt_at),"
            " attempts = row.attempts + each.tried"
        ),
    )


def _row(token: str, one: Ending, now: datetime) -> tuple[object, ...]:
    is_sent = one.to == DeliveryStatus.SENT
    return (
        one.number,
        one.to.value,
        token,
        now if is_sent else None,
        one.provider_id,
        "" if is_sent else one.code,
        None if one.wait is None else now + one.wait,
        0 if one.uses_try else -1,
    )


def _name_late(broadcast: Broadcast, accepted: Sequence[Ending]) -> set[int]:
    """Its receipt was quicker than we: only the provider's id is still to be written."""
    if not accepted:
        return set()
    named = set()
    with connection.cursor() as cursor:
        for one in accepted:
            cursor.execute(
                "UPDATE messaging_delivery SET provider_id = %s"
                " WHERE broadcast_id = %s AND number = %s AND provider_id = ''",
                [one.provider_id, broadcast.pk, one.number],
            )
            if cursor.rowcount:
                named.add(one.number)
    return named


def _learn_opt_outs(broadcast: Broadcast, numbers: Sequence[int]) -> None:
    """The provider knows of opt-outs that we do not: our ledger learns them."""
    if not numbers:
        return
    keys = broadcast.deliveries.filter(number__in=numbers).order_by("to_key").values_list("to_key", flat=True)
    for key in keys:
        suppress_key(
            actor=KEEPER, service=broadcast.service, channel=broadcast.channel, to_key=key, cause="provider"
        )


def by_broadcast(pairs: Iterable[tuple[Handing, Ending]]) -> dict[int, list[Settled]]:
    """Endings by their broadcast."""
    found: dict[int, list[Settled]] = defaultdict(list)
    for handing, one in pairs:
        found[handing.broadcast_id].append((handing.token, one))
    return found
