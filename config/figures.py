"""How far behind the product is, read from the database whenever somebody asks: any process can answer.

Numbers and the names of lanes, services and providers alone; never anything about a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Min

from foundation.audit.models import AuditEvent, Seal
from foundation.events.models import Owed, OwedStatus
from foundation.messaging.enums import AttemptOutcome, Lane, MessageStatus
from foundation.messaging.models import Attempt, Message
from foundation.messaging.services import switches
from missingcases.selectors import running_clocks

LOOKED_BACK = timedelta(minutes=5)
# Outcomes are counted among this many of the newest lines of the log at most.
NEWEST = 5000


@dataclass(frozen=True, slots=True)
class Queue:
    """One lane: how many messages are due, and for how many seconds the oldest of them has been."""

    lane: str
    due: int
    age: float


def queues(now: datetime) -> list[Queue]:
    """Every lane. What waits for its time, or behind a kill switch, is not due."""
    due = Message.objects.filter(status=MessageStatus.QUEUED, next_attempt_at__lte=now)
    due = due.exclude(service__in=switches.stopped())
    rows = due.values("lane").annotate(count=Count("pk"), oldest=Min("next_attempt_at"))
    found = {row["lane"]: row for row in rows}
    return [
        Queue(
            lane,
            found[lane]["count"] if lane in found else 0,
            (now - found[lane]["oldest"]).total_seconds() if lane in found else 0.0,
        )
        for lane in Lane.values
    ]


def owed(now: datetime) -> dict[str, int]:
    """Debts by how they stand: `waiting` past their time, `stuck`, and `stops` that failed."""
    open_ones = Owed.objects.exclude(status=OwedStatus.DONE)
    return {
        "waiting": open_ones.filter(status=OwedStatus.OWED, due_at__lte=now).count(),
        "stuck": open_ones.filter(status=OwedStatus.STUCK).count(),
        "stops": open_ones.filter(was_together=True).count(),
    }


def unknown() -> dict[str, int]:
    """Messages of unknown outcome: still looked for, and left for a person."""
    rows = Message.objects.filter(status=MessageStatus.UNKNOWN).values_list("needs_person")
    found = dict(rows.annotate(count=Count("pk")).order_by())
    return {"looked_for": found.get(False, 0), "for_a_person": found.get(True, 0)}


def clocks_overdue(now: datetime) -> int:
    """Review clocks past their time."""
    return running_clocks().filter(due_at__lt=now).count()


def attempts(now: datetime) -> dict[tuple[str, str], int]:
    """Endings of attempts in the last minutes, by channel and outcome."""
    last = Attempt.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Attempt.objects.filter(pk__gt=last - NEWEST, at__gte=now - LOOKED_BACK)
    rows = rows.exclude(outcome=AttemptOutcome.CLAIMED)
    counted = rows.values_list("message__channel", "outcome").annotate(count=Count("pk")).order_by()
    return {(channel, outcome): count for channel, outcome, count in counted}


def seconds_to_provider(now: datetime) -> dict[str, float]:
    """Seconds from the claim to the provider's yes, by channel: the mean of the last minutes."""
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Message.objects.filter(
        pk__gt=last - NEWEST, sent_at__gte=now - LOOKED_BACK, claimed_at__lte=F("sent_at")
    )
    means = rows.values_list("channel").annotate(mean=Avg(F("sent_at") - F("claimed_at"))).order_by()
    return {channel: mean.total_seconds() for channel, mean in means}


def stopped() -> list[str]:
    """Services, or `*` for everything, whose kill switch is thrown."""
    return sorted(switches.stopped())


def last_sealed() -> datetime | None:
    """When the audit trail was last sealed."""
    return Seal.objects.order_by("-pk").values_list("sealed_at", flat=True).first()


def seal_lag(now: datetime) -> float:
    """For how many seconds the oldest entry of the trail has waited for its seal."""
    sealed = Seal.objects.order_by("-pk").values_list("last_event_id", flat=True).first() or 0
    waiting = AuditEvent.objects.filter(pk__gt=sealed).order_by("pk")
    oldest = waiting.values_list("recorded_at", flat=True).first()
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0
