"""What relatives text or write back: into the thread that we wrote in."""

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
    found = _sender(text.message_id)
    if found is None:
        raise LookupError(f"inbound {inbound.pk}")
    return _keep(inbound, *found, channel=ContactChannel.TEXT)


@transaction.atomic
def take_in_mail(text: InboundText) -> bool:
    """Put an e-mail that answers ours into the relative's thread; False where it is not theirs.

    It is theirs if it comes from an address of theirs, an unsafe one among them: what they write from
    there is read, and nothing goes back to it. An answer from elsewhere is for the helpline to look at.
    """
    inbound = inbound_text(text.inbound_id)
    if ContactRecord.objects.filter(inbound_id=inbound.pk).exists():
        return True
    found = _sender(text.message_id)
    if found is None:
        return False
    own = ContactPoint.objects.filter(member=found[0], value_key=inbound.sender_key).order_by(
        "ended_at", "pk"
    )
    point = own.first() if inbound.sender_key else None
    if point is None:
        return False
    _keep(inbound, found[0], point, channel=ContactChannel.EMAIL)
    return True


def _keep(
    inbound: Inbound, member: FamilyMember, point: ContactPoint, *, channel: ContactChannel
) -> ContactRecord:
    row = ContactRecord.objects.create(
        case_id=member.case_id,
        member=member,
        point=point,
        channel=channel,
        subject=inbound.subject,
        direction=Direction.IN,
        started_at=inbound.received_at,
        ended_at=inbound.received_at,
        words=inbound.body,
        inbound_id=inbound.pk,
    )
    audit.record(actor=INBOX, action="families.reply_received", target=row)
    return row


def _sender(message_id: int | None) -> tuple[FamilyMember, ContactPoint] | None:
    """Whose thread it is: of the message that it answers."""
    owner = Message.objects.filter(pk=message_id or 0, owner_label=CONTACT_LABEL)
    contact = (
        ContactRecord.objects.filter(pk__in=owner.values("owner_id"))
        .select_related("member", "point")
        .first()
    )
    if contact is None or contact.member is None or contact.point is None:
        return None
    return contact.member, contact.point
