"""Whoever turns to the helpline by e-mail: taken in like a text, answered, never at an unsafe address."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from families.enums import Direction
from families.helpline import deadlines, policies
from families.helpline.enums import Caller, Channel, ContactStatus
from families.helpline.labels import GUARD, MAIL_LABEL, SERVICE
from families.helpline.models import HelplineContact, HelplineMail
from families.helpline.services.contacts import LONGEST_NOTES, locked, write
from families.policies import may_reach
from families.selectors.members import is_kept_from, members_at, relative_at
from foundation.access import Refusal, require
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel as Way
from foundation.messaging.enums import Lane, MessageStatus
from foundation.messaging.models import Inbound, Message
from foundation.messaging.selectors import inbound_text
from foundation.messaging.services.suppression import is_key_suppressed
from foundation.messaging.types import InboundText, Settlement
from missingcases.policies import FAMILY_DANGER

INBOX = Actor.system("helpline.inbox")
# Says nothing to whoever looks over their shoulder.
SUBJECT = "Your e-mail to us"
LASTS = timedelta(hours=24)
NO_MAIL = Refusal("no_mail", "They did not write by e-mail, or their address is not kept any more.")
UNSAFE = Refusal("unsafe", "This address is marked unsafe. Nothing goes to it: reach them in another way.")
OPTED_OUT = Refusal("opted_out", "They asked for no more e-mail.")
_LOST = frozenset(
    {MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED}
)


@transaction.atomic
def take_mail(text: InboundText) -> HelplineMail | None:
    """Keep an e-mail with the contact it belongs to, or begin one. Twice is once.

    It goes on with the sender's open contact; a closed one stays closed and another is begun.
    """
    inbound = inbound_text(text.inbound_id)
    _one_at_a_time(inbound.sender_key)
    if HelplineMail.objects.filter(inbound_id=inbound.pk).exists():
        return None
    contact = _running(inbound.sender_key) or _begin(inbound)
    row = HelplineMail.objects.create(
        contact=contact,
        direction=Direction.IN,
        at=inbound.received_at,
        subject=inbound.subject,
        words=inbound.body,
        inbound_id=inbound.pk,
    )
    # Not by a new version: a colleague who is writing notes meanwhile loses nothing by it.
    due_at = contact.answer_due_at or deadlines.answer_due_at(Channel.EMAIL, inbound.received_at)
    HelplineContact.objects.filter(pk=contact.pk).update(answer_due_at=due_at, updated_at=timezone.now())
    audit.record(actor=INBOX, action="helpline.mail_received", target=contact, fields=["mails"])
    return row


def _one_at_a_time(key: str) -> None:
    """Two e-mails of one person at once begin one contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"helpline:{key}"])


def _running(key: str) -> HelplineContact | None:
    rows = HelplineContact.objects.filter(reach_key=key).exclude(status=ContactStatus.CLOSED)
    return rows.select_for_update(no_key=True).order_by("-pk").first()


def _begin(inbound: Inbound) -> HelplineContact:
    """Anonymous, unless the address is a relative's whom every colleague may know of."""
    charity = the_charity()
    known = relative_at(inbound.sender_key, charity.pk)
    contact = HelplineContact.objects.create(
        charity=charity,
        channel=Channel.EMAIL,
        caller=Caller.RELATIVE if known else Caller.UNKNOWN,
        is_anonymous=known is None,
        name=known.name if known else "",
        reach_by=inbound.sender if known else "",
        reach_key=inbound.sender_key,
        begun_at=inbound.received_at,
        form_token=uuid4(),
    )
    audit.record(actor=INBOX, action="helpline.contact_begun", target=contact, fields=["channel", "caller"])
    return contact


def address_of(contact: HelplineContact) -> Inbound | None:
    """The newest e-mail of theirs, by which they are answered; None once it was forgotten."""
    last = contact.mails.filter(inbound_id__isnull=False).order_by("-pk").first()
    found = Inbound.objects.filter(pk=last.inbound_id or 0).first() if last is not None else None
    return found if found is not None and found.sender else None


def may_answer(contact: HelplineContact) -> Refusal | None:
    """Whether an e-mail may go to them now: asked when it is written, and again when it is sent."""
    came = address_of(contact)
    if came is None:
        return NO_MAIL
    if is_kept_from(came.sender_key):
        return UNSAFE
    if any(may_reach(one) is not None for one in members_at(came.sender_key)):
        return FAMILY_DANGER
    return OPTED_OUT if is_key_suppressed(SERVICE, Way.EMAIL, came.sender_key) else None


@transaction.atomic
def answer_mail(*, actor: Actor, contact_id: int, words: str, form_token: UUID) -> HelplineMail:
    """Answer whoever wrote. The same `form_token` twice is one e-mail. Raises `Refused` and `Invalid`."""
    contact = locked(actor, contact_id)
    known = contact.mails.filter(form_token=form_token).first()
    if known is not None:
        return known
    require(policies.may_work_on(actor, contact) or may_answer(contact))
    came, said = address_of(contact), words.strip()
    if not said or len(said) > LONGEST_NOTES:
        raise Invalid({"words": f"Write the e-mail, in {LONGEST_NOTES:,} characters at most."})
    now = timezone.now()
    row = HelplineMail.objects.create(
        contact=contact,
        direction=Direction.OUT,
        at=now,
        subject=SUBJECT,
        words=said,
        worker_id=actor.user_id,
        form_token=form_token,
    )
    row.message_id = _queue(actor, row, to=came.sender if came else "", at=now)
    row.save(update_fields=["message_id"])
    write(contact, actor, "helpline.mail_answered", ended_at=now, answer_due_at=None)
    return row


def _queue(actor: Actor, row: HelplineMail, *, to: str, at: datetime) -> int:
    message: Message = messaging.queue_message(
        actor=actor,
        channel=Way.EMAIL,
        lane=Lane.URGENT,
        to=to,
        subject=row.subject,
        body=row.words,
        service=SERVICE,
        owner=(MAIL_LABEL, row.pk),
        guard=GUARD,
        organisation_id=row.contact.charity_id,
        valid_until=at + LASTS,
        dedupe_key=f"helpline.mail.{row.pk}",
    )
    return message.pk


def check_mail(owner_id: int) -> Refusal | None:
    """The guard of every answer: what was true when it was written must be true when it is sent."""
    row = HelplineMail.objects.select_related("contact").filter(pk=owner_id).first()
    if row is None:
        return Refusal("gone", "There is nobody to send it to any more.")
    return may_answer(row.contact)


def settle(settlements: list[Settlement]) -> None:
    """Take over what became of our answers, in the order in which it happened. Never backwards."""
    for one in settlements:
        row = HelplineMail.objects.filter(pk=one.owner_id, message_id=one.message_id)
        if one.status == MessageStatus.SENT:
            row.filter(sent_at__isnull=True).update(sent_at=one.at, failed_at=None)
        elif one.status == MessageStatus.DELIVERED:
            row.update(sent_at=Coalesce(F("sent_at"), one.at), delivered_at=one.at, failed_at=None)
        elif one.status in _LOST:
            row.filter(delivered_at__isnull=True).update(failed_at=one.at)
