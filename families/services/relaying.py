"""Passing a message home on: word for word, to somebody whose identity is certain, and put down as told."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from families.enums import ContactChannel, Finding, PointKind, ToldFrom
from families.models import FamilyMember, Told
from families.services import telling, writing
from families.services.common import member_to_write
from families.services.telling import Telling
from foundation.access import Refusal, Refused
from foundation.actors import Actor
from foundation.exceptions import Invalid, NotVisible
from missingcases.messages_home import selectors
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.enums import MessageStatus
from missingcases.messages_home.models import MessageHome

READ_OUT = (ContactChannel.CALL, ContactChannel.IN_PERSON)
_NOT_CARRIED = Refusal("not_carried", "Take the message first, so that no colleague tells it too.")
_NO_MOBILE = "They have no mobile that is safe to text. Read it out to them instead."


@transaction.atomic
def relay(*, actor: Actor, message_id: int, member_id: int, channel: str, form_token: UUID) -> Told:
    """Tell a member the message, by reading it out or by a text of just these words; once.

    That the person consented to these words is why they may be told. Of the place nothing stands here but
    what is in them: what its carrier may say of that, the message's own wish says. Raises `Refused` where
    it is not certain who they are, and `Invalid` for somebody of another incident.
    """
    member = member_to_write(actor, member_id)
    known = Told.objects.filter(form_token=form_token, member=member).first()
    if known is not None:
        return known
    message = _carried(actor, message_id)
    if message.incident_id and member.case.incident_id != message.incident_id:
        raise Invalid({"member": "They are not of the incident that this message belongs to."})
    telling.refuse_untold(actor, member, Finding.NOTHING)
    telling.refuse_giving_away(member, message.words, field="member")
    if channel == ContactChannel.TEXT:
        _text(actor, member, message, form_token)
    row = telling.put_down(
        member,
        actor,
        telling=Telling(
            message.words, channel=channel, finding=Finding.SAFE_AND_WELL, source=ToldFrom.MESSAGE
        ),
        words=message.words,
        reference=message.reference,
        form_token=form_token,
    )
    messages_home.mark_passed(actor=actor, message_id=message.pk)
    return row


def _carried(actor: Actor, message_id: int) -> MessageHome:
    message = selectors.visible_to(actor).filter(pk=message_id).first()
    if message is None:
        raise NotVisible(f"message {message_id}")
    if message.status != MessageStatus.PASSING or message.carrier_id != actor.user_id:
        raise Refused(_NOT_CARRIED)
    return message


def _text(actor: Actor, member: FamilyMember, message: MessageHome, form_token: UUID) -> None:
    points = member.points.filter(kind=PointKind.SMS, ended_at__isnull=True)
    usable = [point for point in points if writing.may_write_to(member, point) is None]
    if not usable:
        raise Invalid({"channel": _NO_MOBILE})
    writing.write_to(
        actor=actor,
        member_id=member.pk,
        point_id=usable[0].pk,
        words=message.words,
        form_token=form_token,
    )
