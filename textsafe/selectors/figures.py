"""Daily figures, counted from the records each time; never stored, so never wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q

from foundation.accounts.enums import HELPLINE, POLICE
from foundation.actors import Actor
from foundation.clock import in_london, london_to_utc
from textsafe.enums import Direction, OfficerStatus, Origin, RequestStatus
from textsafe.models import ConversationMessage, Request
from textsafe.selectors.conversations import conversations_visible_to
from textsafe.selectors.requests import seen_by_officer


@dataclass(frozen=True, slots=True)
class ForceFigures:
    """One London day of one force, by what its officers may know and no more."""

    day: date
    asked_by_officers: int
    automatic: int
    waiting: int
    sent: int
    delivered: int
    not_sent: int


@dataclass(frozen=True, slots=True)
class CharityFigures:
    """One London day on the charity's side. Sent: accepted by the carrier (domain.md section 9)."""

    day: date
    requested: int
    by_rule: int
    approved: int
    refused: int
    sent: int
    delivered: int
    held_back: int
    replies: int
    conversations: int
    answered: int
    answered_in_time: int


def _bounds(day: date) -> tuple[datetime, datetime]:
    return london_to_utc(day, time(0)), london_to_utc(day + timedelta(days=1), time(0))


def _days(now: datetime, count: int) -> list[date]:
    today = in_london(now).date()
    return [today - timedelta(days=back) for back in range(count)]


def force_figures(actor: Actor, *, now: datetime, days: int = 14) -> list[ForceFigures]:
    """The actor's own force, newest day first. Counted over the same view that an officer reads."""
    if not actor.holds(POLICE) or actor.organisation_id is None:
        return []
    wanted = _days(now, days)
    rows = Request.objects.filter(
        organisation_id=actor.organisation_id, requested_at__gte=_bounds(wanted[-1])[0]
    ).only(
        "requested_at",
        "origin",
        "status",
        "sent_at",
        "delivered_at",
        "closes_at",
        "closed_early_at",
        "incident_id",
    )
    kinds: Counter[tuple[date, str]] = Counter()
    for row in rows:
        day = in_london(row.requested_at).date()
        kinds[day, row.origin] += 1
        kinds[day, seen_by_officer(row, now=now).status.value] += 1
    return [
        ForceFigures(
            day=day,
            asked_by_officers=kinds[day, Origin.OFFICER] + kinds[day, Origin.SYSTEM],
            automatic=kinds[day, Origin.AUTOMATION],
            waiting=kinds[day, OfficerStatus.WAITING],
            sent=kinds[day, OfficerStatus.SENT] + kinds[day, OfficerStatus.DELIVERED],
            delivered=kinds[day, OfficerStatus.DELIVERED],
            not_sent=kinds[day, OfficerStatus.NOT_SENT],
        )
        for day in wanted
    ]


def charity_figures(actor: Actor, *, now: datetime, days: int = 14) -> list[CharityFigures]:
    """The charity's days, newest first; none for anybody but its helpline."""
    if not actor.holds(HELPLINE):
        return []
    return [_charity_day(actor, day) for day in _days(now, days)]


def _charity_day(actor: Actor, day: date) -> CharityFigures:
    start, end = _bounds(day)
    asked = Request.objects.filter(
        charity_id=actor.organisation_id, requested_at__gte=start, requested_at__lt=end
    )
    screened = asked.filter(screened_at__isnull=False)
    texts = ConversationMessage.objects.filter(
        conversation__in=conversations_visible_to(actor), at__gte=start, at__lt=end
    )
    incoming = texts.filter(direction=Direction.IN)
    answers = texts.filter(direction=Direction.OUT)
    return CharityFigures(
        day=day,
        requested=asked.count(),
        by_rule=screened.filter(screened_by__isnull=True).count(),
        approved=screened.filter(screened_by__isnull=False).exclude(status=RequestStatus.REFUSED).count(),
        refused=asked.filter(status=RequestStatus.REFUSED).count(),
        sent=asked.filter(sent_at__isnull=False).count(),
        delivered=asked.filter(delivered_at__isnull=False).count(),
        held_back=asked.filter(sent_at__isnull=True)
        .filter(
            status__in=[
                RequestStatus.SUPPRESSED,
                RequestStatus.CANCELLED,
                RequestStatus.EXPIRED,
                RequestStatus.FAILED,
            ]
        )
        .count(),
        replies=incoming.count(),
        conversations=incoming.values("conversation").distinct().count(),
        answered=answers.filter(answers_due_at__isnull=False).count(),
        answered_in_time=answers.filter(answers_due_at__isnull=False)
        .filter(Q(at__lte=F("answers_due_at")))
        .count(),
    )
