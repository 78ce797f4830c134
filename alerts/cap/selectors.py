"""What came in, for the forces it is for and the national unit; what went out, for the charity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from alerts.cap.enums import Direction, MsgType, ProposalStatus, Result, TargetStatus
from alerts.cap.models import CapMessage, CapProposal, Push, PushTarget
from alerts.cap.policies import may_keep_targets, may_look
from alerts.cap.xml.documents import Place
from alerts.cap.xml.reading import Received, Unreadable, opened, values_of
from alerts.enums import RUNNING
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.places import selectors as places
from foundation.places.models import Area

_SHOWN = 50


def proposals_visible_to(actor: Actor) -> QuerySet[CapProposal]:
    """All for the national unit; for a force those whose area they touch; none for anybody else."""
    rows = CapProposal.objects.select_related("message", "alert", "decided_by")
    if may_look(actor) is not None:
        return rows.none()
    if actor.organisation_kind == OrganisationKind.NATIONAL_UNIT:
        return rows
    return rows.filter(force_ids__contains=[actor.organisation_id or 0])


def proposal_named(actor: Actor, reference: str) -> CapProposal:
    """One of them. Raises `NotVisible`."""
    found = proposals_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def waiting(actor: Actor) -> QuerySet[CapProposal]:
    """Those that somebody still has to look at, the oldest first."""
    return proposals_visible_to(actor).filter(status=ProposalStatus.WAITING).order_by("pk")


def called_off(actor: Actor) -> QuerySet[CapProposal]:
    """Those taken up here whose sender has cancelled them, while our alert still runs."""
    rows = proposals_visible_to(actor).filter(status=ProposalStatus.TAKEN, alert__status__in=sorted(RUNNING))
    return rows.filter(message_id__in=_cancels().values("first_id")).order_by("pk")


def _cancels() -> QuerySet[CapMessage]:
    return CapMessage.objects.filter(result=Result.LINKED, msg_type=MsgType.CANCEL)


def cancel_of(alert_id: int) -> CapMessage | None:
    """The first Cancel of the alert of the national system that this one was taken up from, if one came.

    The caller has shown that the alert may be seen: that its sender called it off is everybody's in the room.
    """
    taken = CapProposal.objects.filter(alert_id=alert_id, status=ProposalStatus.TAKEN).values("message_id")
    return _cancels().filter(first_id__in=taken).order_by("received_at", "pk").first()


def alerts_called_off() -> QuerySet[Any, Any]:
    """The ids of alerts whose sender has cancelled what they were taken up from, as a part of a query."""
    rows = CapProposal.objects.filter(status=ProposalStatus.TAKEN)
    return rows.filter(message_id__in=_cancels().values("first_id")).values("alert_id")


def told_by(message: CapMessage) -> Received | None:
    """What a received message says; None once its words are emptied."""
    if not message.original:
        return None
    try:
        return values_of(opened(message.original.encode()))
    except Unreadable:
        return None


@dataclass(frozen=True, slots=True)
class Later:
    """An Update or Cancel of a received alert."""

    message: CapMessage
    told: Received | None


def later_of(message: CapMessage) -> list[Later]:
    """What its sender said after it, oldest first."""
    return [Later(row, told_by(row)) for row in message.later.order_by("sent", "pk")]


def untreated(actor: Actor) -> QuerySet[CapMessage]:
    """What came in and is no alert to look at, newest first: for the national unit alone."""
    rows = CapMessage.objects.filter(direction=Direction.IN)
    if actor.organisation_kind != OrganisationKind.NATIONAL_UNIT or may_look(actor) is not None:
        return rows.none()
    taken = (Result.PROPOSAL, Result.EXERCISE, Result.LINKED)
    return rows.exclude(result__in=taken).order_by("-pk")[:_SHOWN]


def first_of(told: Received) -> CapMessage | None:
    """The received Alert that an Update or Cancel refers to.

    Only of the same sender and the same status: nobody cancels another's alert, and no exercise a real one.
    """
    for one in told.references:
        if one.sender != told.sender:
            continue
        found = CapMessage.objects.filter(
            direction=Direction.IN,
            sender=one.sender,
            identifier=one.identifier,
            sent=one.sent,
            status=told.status,
        ).first()
        if found is not None and (found.msg_type == MsgType.ALERT or found.first_id):
            return found.first or found
    return None


def was_cancelled_before(told: Received) -> bool:
    """Whether a Cancel of this Alert came before it did."""
    rows = CapMessage.objects.filter(
        direction=Direction.IN,
        sender=told.sender,
        status=told.status,
        msg_type=MsgType.CANCEL,
        result=Result.UNLINKED,
        sent__gte=told.sent,
    )
    name = (told.sender, told.identifier, told.sent)
    for row in rows:
        said = told_by(row)
        if said and name in {(one.sender, one.identifier, one.sent) for one in said.references}:
            return True
    return False


def _known_areas(found: Iterable[Place]) -> list[Area]:
    codes = {place.gss_code for place in found if place.gss_code}
    today = in_london(timezone.now()).date()
    rows = Area.objects.filter(places.running_on(today))
    return list((rows.filter(gss_code__in=codes) | rows.filter(code__in=codes)).order_by("pk").distinct())


def areas_of(proposal: CapProposal) -> list[int]:
    """The areas of a received message that our tree knows."""
    told = told_by(proposal.message)
    return [area.pk for area in _known_areas(told.places)] if told else []


def forces_of(found: Iterable[Place]) -> list[int]:
    """The forces whose area these places lie in, hold or are."""
    today = in_london(timezone.now()).date()
    ids: set[int] = set()
    for area in _known_areas(found):
        ids.add(area.pk)
        ids.update(places.ancestors(area.pk, on=today).values_list("pk", flat=True))
        ids.update(places.descendants(area.pk, on=today).values_list("pk", flat=True))
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True, area_id__in=ids)
    return sorted(forces.values_list("pk", flat=True))


def forces() -> QuerySet[Organisation]:
    """The forces that something may be shown to."""
    return Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True).order_by("name")


def targets_visible_to(actor: Actor) -> QuerySet[PushTarget]:
    """Partners' systems, for the charity that looks after them."""
    if may_keep_targets(actor) is not None:
        return PushTarget.objects.none()
    return PushTarget.objects.exclude(status=TargetStatus.REMOVED)


@dataclass(frozen=True, slots=True)
class SentLine:
    """One message that went out, and how many partners' systems took it."""

    message: CapMessage
    pushed: int
    taken: int


def sent_to_partners(actor: Actor) -> list[SentLine]:
    """What went out, newest first, for the charity. A rehearsal is told by its status."""
    if may_keep_targets(actor) is not None:
        return []
    rows = list(CapMessage.objects.filter(direction=Direction.OUT).order_by("-pk")[:_SHOWN])
    pushes = Push.objects.filter(cap_message__in=rows).values_list("cap_message_id", "message_id")
    taken = set(
        Message.objects.filter(
            pk__in=[message_id for _, message_id in pushes],
            status__in=(MessageStatus.SENT, MessageStatus.DELIVERED),
        ).values_list("pk", flat=True)
    )
    return [
        SentLine(
            row,
            sum(pk == row.pk for pk, _ in pushes),
            sum(pk == row.pk and message_id in taken for pk, message_id in pushes),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PushLine:
    """How one push to a partner's system fares."""

    message: CapMessage
    status: str
    words: str
    at: datetime


def pushes_of(target: PushTarget) -> list[PushLine]:
    """What one partner was sent, newest first."""
    rows = list(target.pushes.select_related("cap_message").order_by("-pk")[:_SHOWN])
    found = Message.objects.defer("to", "subject", "body").in_bulk([row.message_id for row in rows])
    lines = []
    for row in rows:
        message = found.get(row.message_id or 0)
        status = message.status if message else MessageStatus.CANCELLED
        is_taken = status in {MessageStatus.SENT, MessageStatus.DELIVERED}
        words = "Taken" if is_taken else str(MessageStatus(status).label)
        lines.append(PushLine(row.cap_message, status, words, row.created_at))
    return lines
