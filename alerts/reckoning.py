"""What a planned notice costs and how long it takes, with the prices and lines as they stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from alerts import money
from alerts.models import ChannelPrice, ChildRescueAlert, CostApproval, CostCeiling
from alerts.planning import Run
from alerts.wording import too_long as said_too_long
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging.services.lines import estimate as time_for

# A provider drops what it could not pass on for so long (speed.md).
QUEUE = timedelta(hours=10)
# Nobody charges for them.
_FREE = {"web_push": Decimal(0), "webhook": Decimal(0)}


def prices() -> dict[str, Decimal]:
    """Pence a part, by channel, as far as somebody has set them."""
    return _FREE | dict(ChannelPrice.objects.values_list("channel", "pence"))


def ceiling() -> Decimal | None:
    """What one notice may cost before somebody else has to agree; None where no ceiling is set."""
    return CostCeiling.objects.values_list("pence", flat=True).first()


def reckon(runs: Sequence[Run], costs: dict[str, Decimal] | None = None) -> money.Estimate:
    """The cost of these runs, and the time each channel takes over all its lines.

    `costs` are the prices where the caller has read them.
    """
    loads = [money.Load(run.channel, run.language, run.recipients, run.segments) for run in runs]
    parts: Counter[str] = Counter()
    for load in loads:
        parts[load.channel] += load.parts
    takes = {channel: _time(channel, count) for channel, count in parts.items()}
    return money.estimate(
        loads,
        prices=prices() if costs is None else costs,
        takes={channel: one for channel, one in takes.items() if one is not None},
    )


def _time(channel: str, parts: int) -> timedelta | None:
    """None where no line of the channel is on."""
    return time_for(channel=channel, count=parts)


def too_slow(runs: Sequence[Run], found: money.Estimate) -> Refusal | None:
    """Refuse what the lines cannot get through, with the choices that are left."""
    for channel in sorted({run.channel for run in runs if run.recipients}):
        takes, name = found.takes.get(channel), _words(channel)
        if takes is None:
            return Refusal("no_line", f"No line for {name} is on. Switch one on, {_CHOICES}.")
        if takes > QUEUE:
            hours, kept = -(-int(takes.total_seconds()) // 3600), QUEUE.seconds // 3600
            return Refusal(
                "too_slow",
                f"At the pace agreed with the provider {name} would take {hours} hours, and it keeps a queue "
                f"for {kept}. Choose fewer areas, have more lines switched on, {_CHOICES}.",
            )
    return None


_CHOICES = "or issue by the other channel first and add this one afterwards"


def _words(channel: str) -> str:
    return {
        "sms": "texts",
        "email": "e-mails",
        "web_push": "pushes",
        "webhook": "posts to partners’ systems",
    }.get(channel, channel)


def too_dear(actor: Actor, alert: ChildRescueAlert, found: money.Estimate) -> Refusal | None:
    """Refuse what costs more than `actor` may spend alone, until another of the charity has agreed to it."""
    limit = ceiling()
    if limit is None or found.pence <= limit:
        return None
    approved = approved_for(alert, beside=actor.user_id)
    if not money.needs_another(found.pence, ceiling=limit, approved=approved):
        return None
    return Refusal(
        "cost_to_be_approved",
        f"It would cost about {money.pounds(found.pence)}, more than {money.pounds(limit)}. Another manager "
        "of the charity, who does not issue it, has to approve that first.",
    )


def approved_for(alert: ChildRescueAlert, *, beside: int | None) -> Decimal | None:
    """The most that anybody beside that person agreed to spend on one notice of this alert."""
    rows = CostApproval.objects.filter(alert=alert).exclude(by_id=beside)
    return rows.order_by("-pence").values_list("pence", flat=True).first()


def too_long(runs: Sequence[Run]) -> Refusal | None:
    """Refuse a text that takes too many parts: each is paid for, and a long one arrives late."""
    found = [problem for run in runs if run.channel == "sms" and (problem := said_too_long(run.letter.body))]
    return Refusal("too_long", found[0]) if found else None


def nobody(runs: Sequence[Run]) -> Refusal | None:
    """Refuse what would reach nobody at all."""
    if any(run.recipients for run in runs):
        return None
    return Refusal("nobody", "Nobody in these areas asked for alerts by these channels. Choose more areas.")


def refusal_of(
    actor: Actor, alert: ChildRescueAlert, runs: Sequence[Run], costs: dict[str, Decimal] | None = None
) -> Refusal | None:
    """Everything that may be said against a plan, before it is begun."""
    if (refusal := nobody(runs) or too_long(runs)) is not None:
        return refusal
    found = reckon(runs, costs)
    return too_slow(runs, found) or too_dear(actor, alert, found)
