"""Taking what the national system sends: kept as it came, then read by a worker.

Whatever stands in the table is verified when it is read, as whoever breaks into the public site could put
anything there. Nothing that comes in ever issues an alert: the most it does is to wait for somebody.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from alerts.cap import deadlines, selectors, senders
from alerts.cap.enums import ArrivalResult, CapStatus, Direction, MsgType, ProposalStatus, Result
from alerts.cap.models import CapArrival, CapMessage, CapProposal
from alerts.cap.states import PROPOSAL
from alerts.cap.xml import signing
from alerts.cap.xml.reading import Received, Unreadable, opened, sender_of, values_of
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.rounds import each
from foundation.states import move
from foundation.tasks import send_or_leave

log = structlog.get_logger(__name__)

READER = Actor.system("cap.read")
BATCH = 20
_R = ArrivalResult
_TAKEN_TYPES = frozenset({MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL})
_TAKEN_STATUSES = frozenset({CapStatus.ACTUAL, CapStatus.EXERCISE})


class _Refused(Exception):
    def __init__(self, result: ArrivalResult) -> None:
        super().__init__(result)
        self.result = result


def keep_call(*, body: str) -> CapArrival:
    """Keep a call as it came, encrypted; runs under the public site's role, which can read none of it."""
    with transaction.atomic():
        row = CapArrival.objects.create(body=body, received_at=timezone.now())
        transaction.on_commit(_kick)
    return row


def _kick() -> None:
    from alerts.cap import tasks

    send_or_leave(tasks.read_arrivals, lane="urgent")


def read_arrivals() -> int:
    """Read a batch of calls, each in a transaction of its own; returns how many were."""
    unread = CapArrival.objects.filter(processed_at__isnull=True).order_by("pk")
    return each(unread.values_list("pk", flat=True)[:BATCH], _read)


@transaction.atomic
def _read(arrival_id: int) -> int:
    rows = CapArrival.objects.select_for_update(skip_locked=True)
    row = rows.filter(pk=arrival_id, processed_at__isnull=True).first()
    if row is None:
        return 0
    try:
        row.message, row.result = _take(row)
    except _Refused as refused:
        row.result = refused.result
    row.body, row.processed_at = "", timezone.now()
    row.save(update_fields=["body", "message", "processed_at", "result"])
    log.info("cap_arrival_read", arrival_id=row.pk, result=str(row.result))
    return 1


def _take(row: CapArrival) -> tuple[CapMessage, ArrivalResult]:
    data = row.body.encode()
    told = verified_values(data)
    digest = sha256(data).hexdigest()
    kept = _kept(told)
    if kept is None:
        _require_timely(told, now=row.received_at)
        try:
            with transaction.atomic():
                return _keep(told, row, digest), _R.READ
        except IntegrityError:  # the same message at the same moment: the other worker has it
            kept = _kept(told)
            if kept is None:
                raise
    if kept.digest != digest:
        log.warning("cap_message_changed", message_id=kept.pk)
        return kept, _R.CHANGED
    return kept, _R.KNOWN


def verified_values(data: bytes) -> Received:
    """What a message says whose signature counts. Raises `_Refused`."""
    try:
        sender = sender_of(opened(data))
        signed = signing.verified(data, senders.certificates_of(sender))
        told = values_of(signed)
    except Unreadable:
        raise _Refused(_R.UNREADABLE) from None
    except signing.NotSigned:
        raise _Refused(_R.FORGED) from None
    if told.sender != sender:
        raise _Refused(_R.FORGED)
    return told


def _kept(told: Received) -> CapMessage | None:
    return CapMessage.objects.filter(sender=told.sender, identifier=told.identifier, sent=told.sent).first()


def _require_timely(told: Received, *, now: datetime) -> None:
    if deadlines.is_early(told.sent, now=now):
        raise _Refused(_R.EARLY)
    if deadlines.is_old(told.sent, now=now):
        raise _Refused(_R.OLD)


def _keep(told: Received, row: CapArrival, digest: str) -> CapMessage:
    first = selectors.first_of(told)
    result = result_of(told, first, now=row.received_at)
    message = CapMessage.objects.create(
        direction=Direction.IN,
        identifier=told.identifier,
        sender=told.sender,
        sent=told.sent,
        status=told.status,
        msg_type=told.msg_type,
        expires_at=told.expires,
        original=row.body,
        digest=digest,
        is_signed=True,
        signature_ok=True,
        result=result,
        first=first if result == Result.LINKED else None,
        received_at=row.received_at,
    )
    audit.record(actor=READER, action="cap.received", target=message, fields=["original"])
    if result in {Result.PROPOSAL, Result.EXERCISE}:
        _propose(told, message)
    elif result == Result.LINKED and told.msg_type == MsgType.CANCEL:
        _withdraw(first)
    return message


def result_of(told: Received, first: CapMessage | None, *, now: datetime) -> Result:
    """What a message is taken as. What is not plainly an alert about a child, meant as one, never is one."""
    if told.msg_type not in _TAKEN_TYPES or told.status not in _TAKEN_STATUSES:
        return Result.NO_ALERT
    if told.msg_type != MsgType.ALERT:
        return Result.LINKED if first is not None else Result.UNLINKED
    if not told.is_about_a_child:
        return Result.OTHER_EVENT
    if told.expires is not None and told.expires <= now:
        return Result.EXPIRED
    return Result.PROPOSAL if told.status == CapStatus.ACTUAL else Result.EXERCISE


def _propose(told: Received, message: CapMessage) -> None:
    proposal = CapProposal.objects.create(
        message=message,
        is_exercise=message.result == Result.EXERCISE,
        force_ids=selectors.forces_of(told.places),
    )
    if selectors.was_cancelled_before(told):  # its Cancel overtook it
        _move_withdrawn(proposal)


def _withdraw(first: CapMessage | None) -> None:
    waiting = CapProposal.objects.filter(message=first, status=ProposalStatus.WAITING).first()
    if waiting is not None:
        _move_withdrawn(waiting)


def _move_withdrawn(proposal: CapProposal) -> None:
    changes = {"decided_at": timezone.now()}
    move(proposal, PROPOSAL, ProposalStatus.WITHDRAWN, actor=READER, changes=changes)
