"""What a provider did in the demonstration's past, without a provider: nothing old is sent anew.

Each verb is called in the transaction that queued the message, so that no worker ever sees it queued.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging.enums import AttemptOutcome, Keyword, MessageStatus, RawKind, Standing
from foundation.messaging.models import Inbound, Message, SettlementRow
from foundation.messaging.services.inbound import _keep
from foundation.messaging.services.log import write_log
from foundation.messaging.services.proof import prove
from foundation.messaging.services.receipts import reason_of, store_raw
from foundation.messaging.states import MESSAGE
from foundation.messaging.switchboard import guard_of, inbound_handler, settlement_handler
from foundation.messaging.types import InboundText, Settlement
from foundation.past import NotTheDemonstration
from foundation.states import move_many

CLAIMER = Actor.system("messaging.demo")
PROVIDER = "twilio"


def was_sent(message_id: int) -> None:
    """The provider took it at this moment: claimed, its guard asked, accepted, its owner told.

    Raises `NotTheDemonstration` on a real server and `AssertionError` where its guard refuses.
    """
    if settings.IS_PRODUCTION:
        raise NotTheDemonstration
    now = timezone.now()
    move_many(
        Message.objects.filter(pk=message_id),
        MESSAGE,
        MessageStatus.QUEUED,
        MessageStatus.SENDING,
        actor=CLAIMER,
        changes={"claim_token": uuid4(), "claimed_at": now, "attempts": F("attempts") + 1},
        audited=False,
    )
    write_log([message_id], AttemptOutcome.CLAIMED)
    message = Message.objects.get(pk=message_id)
    refusal = guard_of(message.guard)(message.owner_id)
    if refusal is not None:
        raise AssertionError(refusal.code)
    provider_id = f"SM{message_id:032x}"
    prove([message_id], Standing.ACCEPTED, at=now, provider_id=provider_id, changes={"provider": PROVIDER})
    write_log([message_id], AttemptOutcome.ACCEPTED, provider_id=provider_id)
    _settle(message_id)


def was_received(message_id: int) -> None:
    """The phone's receipt came in at this moment."""
    prove([message_id], Standing.DELIVERED, at=timezone.now())
    write_log([message_id], AttemptOutcome.RECEIPT, code=Standing.DELIVERED.value)
    _settle(message_id)


def was_undeliverable(message_id: int, code: str = "30003") -> None:
    """The carrier gave it back at this moment; `code` is the provider's (30003: the handset is off)."""
    prove([message_id], Standing.FAILED, at=timezone.now(), code=code, reason=reason_of(code))
    write_log([message_id], AttemptOutcome.RECEIPT, code=code)
    _settle(message_id)


def wrote_to_us(number: str, text: str) -> None:
    """A text came in at this moment from `number` (E.164); a STOP is obeyed, its service hears of it."""
    now = timezone.now()
    form = {
        "MessageSid": f"SMdemo{Inbound.objects.count():026d}",
        "From": number,
        "To": settings.TEXTSAFE_SENDER,
        "Body": text,
    }
    raw = store_raw(provider=PROVIDER, kind=RawKind.INBOUND, body=urlencode(form), signature_ok=True)
    row = Inbound.objects.get(pk=_keep(raw, now=now) or 0)
    handler = inbound_handler(row.service)
    if handler is None:
        raise LookupError(row.service)
    handler(InboundText(row.pk, row.service, row.message_id, Keyword(row.keyword), row.received_at))
    row.handed_at = now
    row.save(update_fields=["handed_at"])


def _settle(message_id: int) -> None:
    for row in SettlementRow.objects.filter(message_id=message_id, taken_at__isnull=True).order_by("pk"):
        handler = settlement_handler(row.service)
        if handler is not None:
            told = (row.message_id, row.owner_label, row.owner_id, MessageStatus(row.status), row.at)
            handler([Settlement(*told)])
        row.taken_at = timezone.now()
        row.save(update_fields=["taken_at"])
