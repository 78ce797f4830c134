"""What the stand-in provider does: takes texts, plans their steps, lets phones reply."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.sandbox.enums import FaultKind, Status
from foundation.sandbox.errors import ApiError
from foundation.sandbox.faults import Faults
from foundation.sandbox.magic import GOOD_SENDERS, MAGIC, MAGIC_SENDERS, OWN_NUMBER
from foundation.sandbox.models import (
    Browser,
    Fault,
    Handset,
    Mail,
    NetworkPicture,
    NetworkPost,
    PartnerSystem,
    SignagePlayer,
    Step,
    Text,
)

# There is a new step to take: the postman, who looks more seldom while nothing happens, looks at once.
ARRIVED = threading.Event()
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_LONGEST_BODY = 1600
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
_OPT_OUT = {
    "STOP": {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"},
    "START": {"START", "YES", "UNSTOP"},
    "HELP": {"HELP", "INFO"},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A create request that passed every check."""

    to: str
    sender: str
    service_sid: str
    body: str
    callback_url: str
    validity_seconds: int
    discard_body: bool
    obfuscate_number: bool


def check(given: Mapping[str, str]) -> Wanted:
    """Hold a create request against Twilio's rules, in its order. Raises `ApiError`."""
    to, body = given.get("To", ""), given.get("Body", "")
    if not to:
        raise ApiError(21604)
    sender, service_sid = _sender(given)
    if not body:
        raise ApiError(21602)
    if len(body) > _LONGEST_BODY:
        raise ApiError(21617)
    if _E164.fullmatch(to) is None:
        raise ApiError(21211)
    if to == sender:
        raise ApiError(21266)
    magic = MAGIC.get(to)
    if magic is not None and magic.refuse is not None:
        raise ApiError(magic.refuse)
    if Handset.objects.filter(number=to, has_opted_out=True).exists():
        raise ApiError(21610)
    return Wanted(
        to=to,
        sender=sender,
        service_sid=service_sid,
        body=body,
        callback_url=_callback(given.get("StatusCallback", "")),
        validity_seconds=_validity(given.get("ValidityPeriod", "36000")),
        discard_body=_choice(given.get("ContentRetention", "retain"), "discard", 30029),
        obfuscate_number=_choice(given.get("AddressRetention", "retain"), "obfuscate", 30028),
    )


def _sender(given: Mapping[str, str]) -> tuple[str, str]:
    service_sid, sender = given.get("MessagingServiceSid", ""), given.get("From", "")
    if service_sid:
        if _SERVICE.fullmatch(service_sid) is None:
            raise ApiError(21701)
        return sender or OWN_NUMBER, service_sid
    if not sender:
        raise ApiError(21603)
    if sender in MAGIC_SENDERS:
        raise ApiError(MAGIC_SENDERS[sender])
    is_name = re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", sender) is not None
    if sender not in GOOD_SENDERS and not is_name:
        raise ApiError(21606 if _E164.fullmatch(sender) else 21212)
    return sender, ""


def _callback(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ApiError(21609)
    return url


def _validity(seconds: str) -> int:
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 36_000:
        raise ApiError(20001)
    return int(seconds)


def _choice(value: str, switch: str, code: int) -> bool:
    if value not in {"retain", switch}:
        raise ApiError(code)
    return value == switch


def segments(body: str) -> int:
    """How many texts `body` takes on the air: 160 or 153 GSM characters, else 70 or 67."""
    if set(body) <= _GSM:
        length = len(body) + sum(body.count(one) for one in "^{}\\[~]|€")
        return 1 if length <= 160 else -(-length // 153)
    length = len(body.encode("utf-16-be")) // 2
    return 1 if length <= 70 else -(-length // 67)


@transaction.atomic
def accept(wanted: Wanted, *, account_sid: str, faults: Faults) -> Text:
    """Take a text and plan how it will fare."""
    now = timezone.now()
    handset, _ = Handset.objects.update_or_create(number=wanted.to, defaults={"last_text_at": now})
    text = Text.objects.create(
        account_sid=account_sid,
        handset=handset,
        to=wanted.to,
        sender=wanted.sender,
        service_sid=wanted.service_sid,
        body=wanted.body,
        segments=segments(wanted.body),
        reference=parse_qs(urlsplit(wanted.callback_url).query).get("m", [""])[0][:64],
        callback_url=wanted.callback_url,
        validity_seconds=wanted.validity_seconds,
        discard_body=wanted.discard_body,
        obfuscate_number=wanted.obfuscate_number,
    )
    Step.objects.bulk_create(_plan(text, handset, faults))
    transaction.on_commit(ARRIVED.set)
    return text


def _plan(text: Text, handset: Handset, faults: Faults) -> list[Step]:
    pace = settings.SANDBOX_PACE
    late = faults.take(FaultKind.RECEIPTS_LATE) or 0
    statuses: list[tuple[Status, int | None]] = [(Status.QUEUED, None), (Status.SENT, None)]
    magic = MAGIC.get(text.to)
    fail = magic.fail if magic else None
    if fail is not None:
        statuses.append((Status.UNDELIVERED, fail))
    elif handset.is_on:
        statuses.append((Status.DELIVERED, None))
    copies = 0 if faults.take(FaultKind.RECEIPTS_LOST) is not None else 1
    if faults.take(FaultKind.RECEIPTS_DOUBLED) is not None:
        copies = 2
    if faults.take(FaultKind.RECEIPTS_REVERSED) is not None:
        statuses.reverse()
    forged = faults.take(FaultKind.RECEIPTS_FORGED) is not None
    steps = [
        Step(
            text=text,
            progress=status,
            error_code=code,
            copies=copies,
            forged=forged,
            due_at=text.created_at + timedelta(seconds=late + pace * number),
        )
        for number, (status, code) in enumerate(statuses)
    ]
    if fail is None and not handset.is_on:
        # The network gives up when the text is too old; switching the phone on comes before that.
        gives_up = text.created_at + timedelta(seconds=text.validity_seconds)
        steps.append(Step(text=text, progress=Status.UNDELIVERED, error_code=30003, due_at=gives_up))
    return steps


@transaction.atomic
def switch_phone(*, number: str, is_on: bool) -> Handset:
    """Switch a phone on or off. What waits for it is delivered when it comes on."""
    handset, _ = Handset.objects.update_or_create(number=number, defaults={"is_on": is_on})
    if is_on:
        waiting = Step.objects.filter(
            text__handset=handset, progress=Status.UNDELIVERED, error_code=30003, done_at=None
        ).exclude(text__to__in=[n for n, magic in MAGIC.items() if magic.fail])
        waiting.update(progress=Status.DELIVERED, error_code=None, due_at=timezone.now())
        transaction.on_commit(ARRIVED.set)
    return handset


@transaction.atomic
def reply(*, number: str, body: str, to: str = "") -> Text:
    """The phone `number` sends `body` to our number, or to the one that texted it last."""
    now = timezone.now()
    handset, _ = Handset.objects.update_or_create(number=number, defaults={"last_text_at": now})
    last = handset.texts.filter(inbound=False).order_by("-pk").first()
    kind = opt_out_type(body)
    if kind in {"STOP", "START"}:
        Handset.objects.filter(pk=handset.pk).update(has_opted_out=kind == "STOP")
    text = Text.objects.create(
        account_sid=settings.TWILIO_ACCOUNT_SID,
        inbound=True,
        handset=handset,
        sender=number,
        to=to or (last.sender if last else OWN_NUMBER),
        service_sid=last.service_sid if last else "",
        body=body[:_LONGEST_BODY],
        segments=segments(body),
        progress=Status.RECEIVED,
        callback_url=f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/inbound",
        sent_at=now,
    )
    faults = Faults([number])
    copies = 2 if faults.take(FaultKind.RECEIPTS_DOUBLED) is not None else 1
    forged = faults.take(FaultKind.RECEIPTS_FORGED) is not None
    Step.objects.create(text=text, progress=Status.RECEIVED, due_at=now, copies=copies, forged=forged)
    transaction.on_commit(ARRIVED.set)
    return text


def pick_up(*, number: str) -> Handset:
    """The phone with this number, to write from."""
    handset, _ = Handset.objects.get_or_create(number=number)
    return handset


def break_(*, kind: str, to: str = "", remaining: int | None = None, seconds: float = 0) -> Fault:
    """Make something go wrong from now on."""
    return Fault.objects.create(kind=kind, to=to, remaining=remaining, seconds=seconds)


def mend(*, pk: int) -> None:
    """Take a fault away."""
    Fault.objects.filter(pk=pk).delete()


def opt_out_type(body: str) -> str:
    """STOP, START or HELP where the whole text is one of Twilio's words for it, else empty."""
    word = body.strip().upper()
    return next((kind for kind, words in _OPT_OUT.items() if word in words), "")


@transaction.atomic
def reset() -> None:
    """Forget everything, faults too."""
    here = (Step, Text, Handset, Fault, Mail, NetworkPost, NetworkPicture, SignagePlayer, Browser)
    for model in (*here, PartnerSystem):
        model._default_manager.all().delete()
