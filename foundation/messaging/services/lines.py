"""The lines that broadcasts leave by: how fast each goes, when it rests, and how long a run takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from foundation.access import Refusal
from foundation.messaging.enums import Channel
from foundation.messaging.models import Line

# A provider's default for one sender (speed.md); more has to be agreed with it beforehand.
DEFAULT_PER_SECOND = 10
# Nobody agrees a rate for these: a pace that one worker keeps and that strangers' systems bear.
_WITHOUT_PROVIDER = {Channel.WEB_PUSH.value: 500, Channel.WEBHOOK.value: 50}
# What a provider's queue holds of one sender; it drops the rest (speed.md).
PROVIDER_HOLDS = timedelta(hours=10)
# Nobody reserves further ahead: what an alert waits for at most where others use its line.
LEASE_SECONDS = 0.25


def usual_pace(channel: str) -> int:
    """Deliveries a second of a channel whose lines nobody has set up."""
    return _WITHOUT_PROVIDER.get(channel, DEFAULT_PER_SECOND)


def lines_of(channel: str) -> QuerySet[Line]:
    """The lines of a channel that are on; a channel without any has one at a provider's default pace."""
    if not Line.objects.filter(channel=channel).exists():
        Line.objects.bulk_create(
            [Line(name=channel, channel=channel, per_second=usual_pace(channel))], ignore_conflicts=True
        )
    return Line.objects.filter(channel=channel, is_on=True).order_by("name")


def per_second(channel: str) -> int:
    """Deliveries a second over all of a channel's lines, less what is kept for single messages."""
    free = Sum(F("per_second") - F("kept_back"), filter=Q(is_on=True))
    found = Line.objects.filter(channel=channel).aggregate(free=free, lines=Count("pk"))
    if not found["lines"]:
        return sum(one.per_second - one.kept_back for one in lines_of(channel))
    return int(found["free"] or 0)


def estimate(*, channel: str, count: int, segments: int = 1) -> timedelta | None:
    """How long `count` deliveries of so many segments take over all lines; None where every line is off."""
    rate = per_second(channel)
    return timedelta(seconds=count * segments / rate) if rate else None


def would_overflow(*, channel: str, count: int, segments: int = 1, valid_until: datetime) -> Refusal | None:
    """Refuse a run that the lines cannot get through in its time, or that the provider would drop the end of.

    The refusal says how long it would take; what is left is fewer people, more lines, or a later end.
    """
    takes = estimate(channel=channel, count=count, segments=segments)
    if takes is None:
        return Refusal("no_line", "No line of this channel is switched on.")
    words = f"At the agreed pace this takes {_words(takes)}"
    if takes > PROVIDER_HOLDS:
        return Refusal("queue_overflow", f"{words}: the provider drops what waits longer than ten hours.")
    if timezone.now() + takes > valid_until:
        return Refusal("too_slow", f"{words}, which is longer than it is valid.")
    return None


def _words(takes: timedelta) -> str:
    minutes = -(-int(takes.total_seconds()) // 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


# What a busy line lost within a quarter of a second it makes up for; what an idle one did not use is gone.
_LEASE = """
WITH line AS (
    SELECT id, per_second - kept_back AS rate,
        CASE WHEN next_free_at > clock_timestamp() - make_interval(secs => %(ahead)s) THEN next_free_at
            ELSE clock_timestamp() END AS first
    FROM messaging_line
    WHERE id = %(line)s AND is_on AND (rests_until IS NULL OR rests_until <= clock_timestamp())
    FOR NO KEY UPDATE
), given AS (
    SELECT id, rate, first, LEAST(%(wanted)s, GREATEST(floor(rate * %(ahead)s), %(least)s))::bigint AS slots
    FROM line WHERE first <= clock_timestamp() + make_interval(secs => %(ahead)s / 2)
)
UPDATE messaging_line SET next_free_at = given.first + make_interval(secs => given.slots::float8 / given.rate)
FROM given WHERE messaging_line.id = given.id
RETURNING given.slots, given.rate, extract(epoch FROM given.first - clock_timestamp())::float8, next_free_at
"""
_GIVE_BACK = """
UPDATE messaging_line SET next_free_at = next_free_at - make_interval(secs => %(seconds)s)
WHERE id = %(line)s AND next_free_at = %(until)s
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """`slots` moments of a line: the first in `first_in` seconds, each other `apart` seconds after it."""

    slots: int
    first_in: float
    apart: float
    until: datetime


def lease(*, line_id: int, wanted: int, least: int = 1) -> Lease | None:
    """Reserve up to `wanted` of the line's next moments: a quarter of a second's worth, or `least` if more.

    None while it is off or rests, or where others have reserved the next ones already.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, {"line": line_id, "wanted": wanted, "least": least, "ahead": LEASE_SECONDS})
        found = cursor.fetchone()
    if found is None:
        return None
    slots, rate, first_in, until = found
    return Lease(int(slots), float(first_in), 1 / rate, until)


def give_back(*, line_id: int, lease: Lease, unused: int) -> None:
    """Give back the last of a lease's moments, unless somebody has reserved what comes after them."""
    given: dict[str, Any] = {"line": line_id, "seconds": unused * lease.apart, "until": lease.until}
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, given)


def rest(*, line_id: int, until: datetime) -> None:
    """Leave the line alone until then: its provider cannot be reached, or asked to be left alone."""
    Line.objects.filter(pk=line_id).filter(Q(rests_until__isnull=True) | Q(rests_until__lt=until)).update(
        rests_until=until
    )
