"""One delivery on its way to a line: what the provider is given, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from foundation.messaging.enums import Channel
from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.twilio import status_callback_url
from foundation.messaging.models import Broadcast, Line
from foundation.messaging.segments import measure
from foundation.messaging.services.parts import Taken
from foundation.messaging.switchboard import audience_of

_WITH_LEAVE = frozenset({Channel.EMAIL, Channel.WEB_PUSH})


@dataclass(frozen=True, slots=True)
class Handing(Outgoing):
    """`tries` counts this one; `claimed` is when it was claimed, by this process's clock (seconds).

    `moments` is how many of its line's moments it takes, `token` the batch that it was claimed in.
    """

    broadcast_id: int = 0
    number: int = 0
    tries: int = 1
    claimed: float = 0.0
    moments: int = 1
    token: str = ""


def moments_of(broadcast: Broadcast) -> int:
    """How many moments of its line one delivery takes: providers agree a rate of segments, not of texts."""
    return measure(broadcast.body).segments if broadcast.channel == Channel.SMS else 1


def reference_of(broadcast: Broadcast, number: int) -> str:
    """The public name of one delivery; receipts carry it back to us."""
    return f"{broadcast.reference}-{number}"


def handings(broadcast: Broadcast, line: Line, taken: list[Taken], *, claimed: float) -> list[Handing]:
    """What the line is given for each that was taken."""
    left = int((broadcast.valid_until - timezone.now()).total_seconds())
    is_text = broadcast.channel == Channel.SMS
    usual = settings.MESSAGE_SENDERS.get(f"{broadcast.channel}:{broadcast.service}", "")
    whose = _recipients(broadcast, taken)
    leaving, secrets, made = _leaving(broadcast, whose), _secrets(broadcast, whose), []
    moments = moments_of(broadcast)
    for one in taken:
        reference = reference_of(broadcast, one.number)
        made.append(
            Handing(
                reference=reference,
                to=one.to,
                body=broadcast.body,
                subject=broadcast.subject,
                status_callback=status_callback_url(reference) if is_text else "",
                validity_seconds=max(left, 1),
                sender=line.sender or usual,
                leave=leaving.get(one.number, ""),
                secrets=secrets.get(one.number, ()),
                broadcast_id=broadcast.pk,
                number=one.number,
                tries=one.tries,
                claimed=claimed,
                moments=moments,
                token=one.token,
            )
        )
    return made


def _recipients(broadcast: Broadcast, taken: list[Taken]) -> dict[int, int]:
    """Whose each is, by the number of their delivery, where their way needs something of their own."""
    if broadcast.channel not in {*_WITH_LEAVE, Channel.WEBHOOK}:
        return {}
    rows = broadcast.deliveries.filter(number__in=[one.number for one in taken])
    return dict(rows.values_list("number", "recipient_id"))


def _leaving(broadcast: Broadcast, whose: dict[int, int]) -> dict[int, str]:
    """Where each of them ends such messages; a text is answered by STOP."""
    leave = audience_of(broadcast.audience).leave
    if leave is None or broadcast.channel not in _WITH_LEAVE:
        return {}
    return {number: leave(recipient) for number, recipient in whose.items()}


def _secrets(broadcast: Broadcast, whose: dict[int, int]) -> dict[int, tuple[str, ...]]:
    """What each webhook is signed with."""
    secrets = audience_of(broadcast.audience).secrets
    if secrets is None or broadcast.channel != Channel.WEBHOOK or not whose:
        return {}
    found = secrets(sorted(set(whose.values())))
    return {number: found.get(recipient, ()) for number, recipient in whose.items()}
