"""Review clocks: started by a grading, followed by the next, stopped with the incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.deadlines import (
    LONG_TERM_CLOCKS,
    RISK_CLOCKS,
    ReviewLine,
    first_reviews,
    fixed_reviews,
    next_long_term,
    repeat_review,
)
from missingcases.enums import Audience, IncidentStatus, ReviewKind
from missingcases.models import Incident, ReviewClock, ReviewRule
from missingcases.policies import may_review
from missingcases.services.common import apply, for_writing
from missingcases.services.timeline import add_timeline_entry


def start_clocks(incident: Incident, *, graded_at: datetime) -> None:
    """Start what the present grading asks for; the clocks of an earlier grading stop."""
    _running(incident).filter(kind__in=sorted(RISK_CLOCKS)).update(stopped_at=graded_at)
    due = first_reviews(graded_at, _lines(incident), age=incident.age_at_report, agreed_at=_agreed(incident))
    _start(incident, due)
    if incident.status == IncidentStatus.MISSING:
        ever = set(ReviewClock.objects.filter(incident=incident).values_list("kind", flat=True))
        fixed = fixed_reviews(incident.reported_at)
        _start(incident, {kind: at for kind, at in fixed.items() if kind not in ever})


def stop_clocks(incident: Incident, *, at: datetime) -> None:
    """Stop every clock of an incident that is open no more."""
    _running(incident).update(stopped_at=at)


def review_for_long(incident: Incident, *, at: datetime) -> None:
    """Long-term missing: reviews by the shift end, and the next of the long-term ones surely runs."""
    _running(incident).filter(kind__in=sorted(RISK_CLOCKS)).update(stopped_at=at)
    if not _running(incident).filter(kind__in=sorted(LONG_TERM_CLOCKS)).exists():
        following = next_long_term(ReviewKind.DAY_28, reported_at=incident.reported_at, done_at=at)
        if following is not None:
            _start(incident, {following[0]: following[1]})


def hasten_absence(incident: Incident) -> None:
    """The age was corrected: an absence is reviewed no later than the table says for that age."""
    for clock in _running(incident).filter(kind=ReviewKind.ABSENT):
        due = first_reviews(clock.created_at, _lines(incident), age=incident.age_at_report)
        if (sooner := due.get(ReviewKind.ABSENT, clock.due_at)) < clock.due_at:
            clock.due_at = sooner
            clock.save(update_fields=["due_at"])


def ask_for_review(incident: Incident) -> None:
    """Significant information came in: a review is due at once (domain.md section 1, [3])."""
    if not _running(incident).filter(kind=ReviewKind.SIGNIFICANT).exists():
        _start(incident, {ReviewKind.SIGNIFICANT: timezone.now()})


def resume_clocks(incident: Incident, *, at: datetime) -> None:
    """The person is to be found again: fixed and long-term clocks that had been stopped run on."""
    stopped = ReviewClock.objects.filter(incident=incident, done_at__isnull=True).exclude(
        kind__in=sorted(RISK_CLOCKS)
    )
    latest = {clock.kind: clock.due_at for clock in stopped.order_by("id")}
    done = set(
        ReviewClock.objects.filter(incident=incident, done_at__isnull=False)
        .exclude(kind__in=[ReviewKind.YEARLY, ReviewKind.SIGNIFICANT])
        .values_list("kind", flat=True)
    )
    running = set(_running(incident).values_list("kind", flat=True))
    _start(
        incident,
        {ReviewKind(kind): due for kind, due in latest.items() if kind not in done | running},
    )


@transaction.atomic
def complete_review(
    *,
    actor: Actor,
    incident_id: int,
    clock_id: int,
    findings: str,
    next_steps: str = "",
    review_agreed_at: datetime | None = None,
) -> ReviewClock:
    """Record a review that was held, and start the one that follows.

    `review_agreed_at` is the next latest review time agreed with the reporter of an absence.
    Raises `Refused`, `Invalid`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    clock = ReviewClock.objects.select_for_update(no_key=True).filter(pk=clock_id, incident=incident).first()
    if clock is None:
        raise NotVisible(f"clock {clock_id}")
    require(may_review(actor, incident, clock.kind))
    if clock.done_at is not None or clock.stopped_at is not None:
        raise Invalid({"clock": "This review is not running any more."})
    if not findings.strip():
        raise Invalid({"findings": "Say what the review found."})
    now = timezone.now()
    if review_agreed_at is not None:
        _check_agreed(incident, review_agreed_at, now)
    clock.done_at, clock.done_by_id = now, actor.user_id
    clock.findings, clock.next_steps = findings.strip(), next_steps.strip()
    clock.save(update_fields=["done_at", "done_by", "findings", "next_steps"])
    if review_agreed_at is not None:
        apply(incident, version=None, changes={"review_agreed_at": review_agreed_at})
    _follow(incident, clock, now)
    audit.record(actor=actor, action="review.done", target=clock, incident_id=incident.pk)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="review.done",
        actor=actor,
        audience=Audience.OWNER,
        summary=f"Done: {ReviewKind(clock.kind).label}",
        subject=("missingcases.ReviewClock", clock.pk),
    )
    return clock


def _check_agreed(incident: Incident, agreed: datetime, now: datetime) -> None:
    if incident.status != IncidentStatus.ABSENT:
        raise Invalid({"review_agreed_at": "Only the review of an absence is agreed with the reporter."})
    if agreed <= now:
        raise Invalid({"review_agreed_at": "Agree a time that is still to come."})


def _follow(incident: Incident, clock: ReviewClock, now: datetime) -> None:
    following = repeat_review(clock.kind, now, _lines(incident), age=incident.age_at_report)
    if following is None:
        following = next_long_term(clock.kind, reported_at=incident.reported_at, done_at=now)
    if following is None:
        return
    kind, due = following
    agreed = _agreed(incident)
    if kind == ReviewKind.ABSENT and agreed is not None and agreed > now:
        due = min(due, agreed)
    earlier = _running(incident).filter(kind=kind)
    if not earlier.exists():
        _start(incident, {kind: due})


def _agreed(incident: Incident) -> datetime | None:
    return incident.review_agreed_at if incident.status == IncidentStatus.ABSENT else None


def _lines(incident: Incident) -> list[ReviewLine]:
    rules = ReviewRule.objects.filter(level=incident.risk_level, is_active=True)
    return [
        ReviewLine(rule.kind, rule.applies_to, rule.first_after_minutes, rule.then_every_minutes)
        for rule in rules
    ]


def _running(incident: Incident) -> QuerySet[ReviewClock]:
    return ReviewClock.objects.filter(incident=incident, done_at__isnull=True, stopped_at__isnull=True)


def _start(incident: Incident, due: Mapping[ReviewKind, datetime]) -> None:
    ReviewClock.objects.bulk_create(
        ReviewClock(incident=incident, kind=kind, due_at=at) for kind, at in due.items()
    )
