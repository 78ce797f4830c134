"""What relatives text back: into the thread that we wrote in."""

from __future__ import annotations

from django.db import transaction

from families.enums import ContactChannel, Direction
from families.labels import CONTACT_LABEL
from families.models import ContactPoint, ContactRecord, FamilyMember
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.models import Inbound, Message
from foundation.messaging.selectors import inbound_text
from foundation.messaging.types import InboundText

INBOX = Actor.system("families.inbox")


@transaction.atomic
def take_in(text: InboundText) -> ContactRecord | None:
    """Put a relative's text into their thread, whatever became of the case since. Twice is once.

    A STOP has been obeyed already; it is kept with the thread, so that the worker knows.
    """
    inbound = inbound_text(text.inbound_id)
    if ContactRecord.objects.filter(inbound_id=inbound.pk).exists():
        return None
    member, point = _sender(inbound, text.message_id)
    row = ContactRecord.objects.create(
        case_id=member.case_id,
        member=member,
        point=point,
        channel=ContactChannel.TEXT,
        direction=Direction.IN,
        started_at=inbound.received_at,
        ended_at=inbound.received_at,
        words=inbound.body,
        inbound_id=inbound.pk,
    )
    audit.record(actor=INBOX, action="families.reply_received", target=row)
    return row


def _sender(inbound: Inbound, message_id: int | None) -> tuple[FamilyMember, ContactPoint]:
    """Whose thread it is: of the message that it answers. Raises `LookupError`, which is tried again."""
    owner = Message.objects.filter(pk=message_id or 0, owner_label=CONTACT_LABEL)
    contact = (
        ContactRecord.objects.filter(pk__in=owner.values("owner_id"))
        .select_related("member", "point")
        .first()
    )
    if contact is None or contact.member is None or contact.point is None:
        raise LookupError(f"inbound {inbound.pk}")
    return contact.member, contact.point
