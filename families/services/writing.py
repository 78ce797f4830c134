"""Texts and e-mails to relatives: queued, looked at again at the send, and how they went."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from families import policies
from families.deadlines import EMAIL_LASTS, TEXT_LASTS
from families.enums import CaseStatus, ContactChannel, Direction, PointKind
from families.labels import CONTACT_LABEL, GUARD, SERVICE
from families.models import ContactPoint, ContactRecord, FamilyMember
from families.selectors.members import is_barred, is_unsafe
from families.services.common import filled, member_to_write
from families.services.telling import refuse_giving_away
from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane, MessageStatus
from foundation.messaging.exceptions import NotDialable
from foundation.messaging.services.suppression import is_key_suppressed
from foundation.messaging.types import Settlement

LONGEST_TEXT = 459  # three texts of plain characters
_CHANNELS = {PointKind.SMS: Channel.SMS, PointKind.EMAIL: Channel.EMAIL}
BARRED = Refusal("blocked", "This belongs to somebody who is blocked in this case. Nothing goes to it.")
OPTED_OUT = Refusal("opted_out", "They replied STOP. Ring them, or ask the helpline what they wish now.")


def may_write_to(member: FamilyMember, point: ContactPoint) -> Refusal | None:
    """Whether a text or e-mail may go now: asked when it is written, and again when it is sent."""
    refusal = policies.may_contact(member) or policies.may_use(point)
    if refusal is not None:
        return refusal
    if is_unsafe(member.pk, point.value_key):
        return policies.UNSAFE
    if is_barred(member.case_id, [point.value_key]):
        return BARRED
    channel = _CHANNELS.get(PointKind(point.kind))
    if channel is None:
        return Refusal("no_message", "Only a mobile or an e-mail address takes a message.")
    return OPTED_OUT if is_key_suppressed(SERVICE, channel, point.value_key) else None


@transaction.atomic
def write_to(
    *,
    actor: Actor,
    member_id: int,
    point_id: int,
    words: str,
    form_token: UUID,
    subject: str = "",
) -> ContactRecord:
    """Text or e-mail a member, by the kind of the point. The same `form_token` twice is one message.

    Raises `Refused` and `Invalid`; the words may not give away somebody they are in conflict with.
    """
    member = member_to_write(actor, member_id)
    known = ContactRecord.objects.filter(form_token=form_token, case=member.case).first()
    if known is not None:
        return known
    point = ContactPoint.objects.filter(member=member, pk=point_id).first()
    if point is None:
        raise Invalid({"point": "Choose a way to reach them."})
    require(may_write_to(member, point))
    text, title = _checked(member, point, words, subject)
    now = timezone.now()
    is_text = point.kind == PointKind.SMS
    row = ContactRecord.objects.create(
        case=member.case,
        member=member,
        point=point,
        channel=ContactChannel.TEXT if is_text else ContactChannel.EMAIL,
        direction=Direction.OUT,
        started_at=now,
        ended_at=now,
        worker_id=actor.user_id,
        subject=title,
        words=text,
        form_token=form_token,
    )
    row.message_id = _queue(actor, row, point)
    row.save(update_fields=["message_id"])
    audit.record(actor=actor, action="families.message_written", target=row)
    return row


def _checked(member: FamilyMember, point: ContactPoint, words: str, subject: str) -> tuple[str, str]:
    text, title = filled("words", words, "Write the message."), ""
    if point.kind == PointKind.SMS and len(text) > LONGEST_TEXT:
        raise Invalid({"words": f"Shorten it to {LONGEST_TEXT} characters, or ring them."})
    if point.kind == PointKind.EMAIL:
        title = filled("subject", subject, "Give the e-mail a subject that tells nothing.")
        refuse_giving_away(member, title, field="subject")
    refuse_giving_away(member, text)
    return text, title


def _queue(actor: Actor, row: ContactRecord, point: ContactPoint) -> int:
    lasts = TEXT_LASTS if row.channel == ContactChannel.TEXT else EMAIL_LASTS
    try:
        message = messaging.queue_message(
            actor=actor,
            channel=_CHANNELS[PointKind(point.kind)],
            lane=Lane.NORMAL,
            to=point.value,
            subject=row.subject,
            body=row.words,
            service=SERVICE,
            owner=(CONTACT_LABEL, row.pk),
            guard=GUARD,
            organisation_id=row.case.charity_id,
            valid_until=row.started_at + lasts,
            dedupe_key=f"families.contact.{row.pk}",
        )
    except NotDialable:
        raise Refused(Refusal("not_dialable", "This installation may not write to that number.")) from None
    return message.pk


def check_contact(owner_id: int) -> Refusal | None:
    """The guard of every message: what was true when it was written must be true when it is sent."""
    row = ContactRecord.objects.select_related("member", "member__case", "point").filter(pk=owner_id).first()
    if row is None or row.member is None or row.point is None:
        return Refusal("gone", "There is nobody to send it to any more.")
    if row.member.case.status == CaseStatus.CLOSED:
        return Refusal("closed", "The support was closed.")
    return may_write_to(row.member, row.point)


_LOST = frozenset(
    {
        MessageStatus.FAILED,
        MessageStatus.EXPIRED,
        MessageStatus.SUPPRESSED,
        MessageStatus.CANCELLED,
    }
)


def settle(settlements: list[Settlement]) -> None:
    """Take over what became of our messages, in the order in which it happened. Never backwards."""
    for one in settlements:
        row = ContactRecord.objects.filter(pk=one.owner_id, message_id=one.message_id)
        if one.status == MessageStatus.SENT:
            row.filter(sent_at__isnull=True).update(sent_at=one.at, failed_at=None)
        elif one.status == MessageStatus.DELIVERED:
            row.update(sent_at=Coalesce(F("sent_at"), one.at), delivered_at=one.at, failed_at=None)
        elif one.status in _LOST:
            row.filter(delivered_at__isnull=True).update(failed_at=one.at)
