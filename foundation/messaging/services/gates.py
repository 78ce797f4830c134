"""What a message meets before it may be claimed: switch, time, suppression, cap, rate.

Everything is read once for a batch, under locks that let two workers never both spend the last
place: the organisation's rate row, then one advisory lock a recipient, each in one order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from foundation.backups.selectors import held
from foundation.messaging.enums import AttemptOutcome, Channel, MessageStatus
from foundation.messaging.gateways.dialling import may_dial
from foundation.messaging.models import Message, RateLimit, Suppression
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.services import switches
from foundation.messaging.switchboard import policies
from foundation.prepared import array_of, fetch_row

# Sent, or nobody can rule it out: it counts against caps and rates.
REACHED = Q(sent_at__isnull=False) | Q(status__in=[MessageStatus.SENDING, MessageStatus.UNKNOWN])


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a message is not claimed: `to` ends it there; without `to` it waits `until`."""

    to: MessageStatus | None = None
    outcome: AttemptOutcome = AttemptOutcome.CLAIMED
    code: str = ""
    reason: str = ""
    until: datetime | None = None


TOO_LATE = Verdict(MessageStatus.EXPIRED, AttemptOutcome.EXPIRED, "too_late", "Its time had passed.")
NOT_HERE = Verdict(
    MessageStatus.FAILED,
    AttemptOutcome.REJECTED,
    "not_dialled_here",
    "Outside production only drama-range or allow-listed numbers are dialled.",
)
SUPPRESSED = Verdict(
    MessageStatus.SUPPRESSED, AttemptOutcome.SUPPRESSED, "suppressed", "The number must not be written to."
)
CAPPED = Verdict(
    MessageStatus.SUPPRESSED, AttemptOutcome.SUPPRESSED, "capped", "This number has had its message today."
)
STOPPED = Verdict()

Recipient = tuple[str, str, str]  # service, channel, key of the address
Sender = tuple[int, str]  # organisation, service


def recipient_of(row: Message) -> Recipient:
    """Whom a suppression or a cap counts for."""
    return row.service, row.channel, row.to_key


class Gates:
    """The gates as they stand for one batch, inside the transaction that claims it."""

    def __init__(self, rows: Sequence[Message], *, now: datetime) -> None:
        self.now = now
        # One look for all of them: where nothing stands, as is usual, none is read by itself.
        is_open = not settings.READ_ONLY and not anything_stands(rows)
        self.stopped = set() if is_open else switches.stopped()
        self.held = set() if is_open else held()
        self.rates = _Rates([] if is_open else rows, now=now)
        self.caps = _Caps(rows, now=now)
        self.suppressed = set() if is_open else suppressed_among(rows)

    def verdict(self, row: Message) -> Verdict | None:
        """What keeps `row` from being claimed, or None: then its places are taken."""
        held = self._held(row)
        if held is None:
            self.rates.take(row)
            self.caps.take(row)
        return held

    def _held(self, row: Message) -> Verdict | None:
        if row.valid_until <= self.now:
            return TOO_LATE
        if row.lane in self.held or not self.stopped.isdisjoint({EVERYTHING, row.service}):
            return STOPPED
        if row.channel == Channel.SMS and not may_dial(row.to):
            return NOT_HERE
        if recipient_of(row) in self.suppressed:
            return SUPPRESSED
        if self.caps.is_full(row):
            return CAPPED
        free_at = self.rates.free_at(row)
        return Verdict(until=free_at) if free_at else None


# Asked twice for each text, and nearly always with the answer no.
_STANDS = """
SELECT EXISTS (SELECT FROM messaging_switch WHERE is_stopped)
    OR EXISTS (SELECT FROM backups_holdstep WHERE released_at IS NULL)
    OR EXISTS (SELECT FROM messaging_suppression
               WHERE to_key = ANY(%(keys)s::text[]) AND lifted_at IS NULL)
    OR EXISTS (SELECT FROM messaging_ratelimit WHERE service = ANY(%(services)s::text[])
               AND organisation_id = ANY(%(organisations)s::bigint[]))
"""


def anything_stands(rows: Sequence[Message]) -> bool:
    """Whether any switch, hold, suppression or rate could concern these rows now. Caps are counted apart."""
    values = {
        "keys": sorted({row.to_key for row in rows}),
        "organisations": array_of({row.organisation_id for row in rows if row.organisation_id is not None}),
        "services": sorted({row.service for row in rows}),
    }
    (found,) = fetch_row(_STANDS, values) or (True,)
    return bool(found)


def suppressed_among(rows: Sequence[Message]) -> set[Recipient]:
    """Those recipients of `rows` that must not be written to now."""
    found = Suppression.objects.filter(to_key__in={row.to_key for row in rows}, lifted_at__isnull=True)
    return set(found.values_list("service", "channel", "to_key"))


class _Caps:
    """Places left for each recipient."""

    def __init__(self, rows: Sequence[Message], *, now: datetime) -> None:
        self.used: Counter[Recipient] = Counter()
        capped = sorted({recipient_of(row) for row in rows if policies()[row.service].cap})
        for recipient in capped:
            self._lock(recipient)
        for service, channel, key in capped:
            cap = policies()[service].cap
            reached = Message.objects.filter(
                REACHED,
                service=service,
                channel=channel,
                to_key=key,
                claimed_at__gt=now - (cap.period if cap else timedelta(0)),
            )
            self.used[service, channel, key] = reached.count()

    @staticmethod
    def _lock(recipient: Recipient) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [":".join(recipient)])

    def is_full(self, row: Message) -> bool:
        cap = policies()[row.service].cap
        return cap is not None and self.used[recipient_of(row)] >= cap.count

    def take(self, row: Message) -> None:
        self.used[recipient_of(row)] += 1


class _Rates:
    """Places left for each organisation, and when the next one frees."""

    def __init__(self, rows: Sequence[Message], *, now: datetime) -> None:
        self.left: dict[Sender, int] = {}
        self.frees: dict[Sender, datetime] = {}
        if not rows:
            return
        organisations = {row.organisation_id for row in rows if row.organisation_id is not None}
        limits = RateLimit.objects.filter(
            organisation_id__in=organisations, service__in={row.service for row in rows}
        )
        for limit in limits.order_by("pk").select_for_update(no_key=True):
            self._read(limit, now=now)

    def _read(self, limit: RateLimit, *, now: datetime) -> None:
        period = timedelta(seconds=limit.seconds)
        used = list(
            Message.objects.filter(
                REACHED,
                organisation_id=limit.organisation_id,
                service=limit.service,
                claimed_at__gt=now - period,
            )
            .order_by("-claimed_at")
            .values_list("claimed_at", flat=True)[: limit.count]
        )
        sender = (limit.organisation_id, limit.service)
        self.left[sender] = limit.count - len(used)
        oldest = used[-1] if used else None
        self.frees[sender] = (oldest or now) + period

    def free_at(self, row: Message) -> datetime | None:
        """When `row` may be tried again if no place is left, else None."""
        sender = (row.organisation_id or 0, row.service)
        return self.frees[sender] if self.left.get(sender, 1) <= 0 else None

    def take(self, row: Message) -> None:
        sender = (row.organisation_id or 0, row.service)
        if sender in self.left:
            self.left[sender] -= 1
