"""Setting up the lines that broadcasts leave by: the charity has the contracts with the providers."""

from __future__ import annotations

from django.db import transaction

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging.enums import Channel
from foundation.messaging.models import Line
from foundation.messaging.policies import may_switch

MOST_PER_SECOND = 10_000


@transaction.atomic
def save_line(
    *,
    actor: Actor,
    name: str,
    channel: str,
    per_second: int,
    kept_back: int,
    sender: str = "",
    is_on: bool,
    reason: str,
) -> Line:
    """Add the line of that name, or change it: from the next quarter of a second on it goes by this.

    `per_second` is what the provider agreed to, `kept_back` what of it is left for messages to one person.
    Raises `Refused` for others than the charity's operators, without a reason, and for figures that cannot be
    meant.
    """
    require(may_switch(actor))
    require(_unfit(name, channel, per_second, kept_back, reason))
    values = {
        "channel": Channel(channel),
        "per_second": per_second,
        "kept_back": kept_back,
        "sender": sender.strip(),
        "is_on": is_on,
        "rests_until": None,
    }
    row, _ = Line.objects.update_or_create(name=name.strip(), defaults=values)
    audit.record(actor=actor, action="line.saved", target=row, fields=sorted(values), reason=reason)
    return row


def _unfit(name: str, channel: str, per_second: int, kept_back: int, reason: str) -> Refusal | None:
    if not reason.strip():
        return Refusal("reason_required", "Say why. This is kept with the record.")
    if not name.strip() or channel not in Channel.values:
        return Refusal("out_of_range", "Give the line a name and a channel.")
    if not 0 < per_second <= MOST_PER_SECOND or not 0 <= kept_back < per_second:
        return Refusal("out_of_range", "Keep back less than the line takes a second.")
    return None
