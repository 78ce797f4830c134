"""What waits for whom in family support, and how much each worker carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Count,
    DurationField,
    Expression,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)

from families.enums import FollowUpStatus, TaskKind, TaskStatus
from families.models import ContactRecord, FollowUp, SupportCase, SupportTask
from families.selectors.cases import cases_visible_to, running_cases
from families.states import WORKERS
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from missingcases.selectors import family_may_be_danger

WEEK = timedelta(days=7)


def _held() -> Expression:
    """Whether a row is not to be done: the family may be the danger, and its member was not named as safe."""
    danger = Q(family_may_be_danger("case__incident__person")) | Q(family_may_be_danger("case__person"))
    return ExpressionWrapper(danger & Q(member__safe_at__isnull=True), output_field=BooleanField())


def open_tasks(actor: Actor) -> QuerySet[SupportTask]:
    """What is owed to families whose case the actor sees, the first to be due first; `is_held`: not now."""
    rows = SupportTask.objects.filter(
        status=TaskStatus.OPEN, case__in=running_cases(actor).order_by().values("pk")
    )
    rows = rows.select_related("case", "member", "owner").annotate(is_held=_held())
    return rows.order_by("due_at", "pk")


def promised_calls(actor: Actor) -> QuerySet[SupportTask]:
    """Calls that were promised to a family and not made yet."""
    return open_tasks(actor).filter(kind=TaskKind.CALL_BACK)


def open_risks(actor: Actor) -> QuerySet[SupportTask]:
    """Risks that were heard and nobody has looked after yet."""
    return open_tasks(actor).filter(kind=TaskKind.RISK)


def unread_replies(actor: Actor) -> QuerySet[ContactRecord]:
    """Texts of relatives that nobody has read, the oldest first; of closed cases too: they wrote to us."""
    rows = ContactRecord.objects.filter(
        inbound_id__isnull=False,
        read_at__isnull=True,
        case__in=cases_visible_to(actor).order_by().values("pk"),
    )
    return rows.select_related("case", "case__contact_person", "member").order_by("started_at", "pk")


def planned_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """Planned contacts, the first to be due first; `is_held`: not while the family may be the danger."""
    rows = FollowUp.objects.filter(
        status=FollowUpStatus.PLANNED, case__in=running_cases(actor).order_by().values("pk")
    )
    rows = rows.select_related("case", "case__contact_person", "member").annotate(is_held=_held())
    return rows.order_by("due_at", "pk")


def paused_cases(actor: Actor) -> QuerySet[SupportCase]:
    """Cases whose incident ended: a person says how the support goes on."""
    return running_cases(actor).filter(paused_at__isnull=False).order_by("paused_at", "pk")


def running_call(actor: Actor) -> ContactRecord | None:
    """The actor's own call whose timer runs."""
    rows = ContactRecord.objects.filter(worker_id=actor.user_id or 0, ended_at__isnull=True)
    rows = rows.filter(case__in=cases_visible_to(actor).order_by().values("pk"))
    return rows.select_related("case", "member").first()


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker carries now, and how many minutes of contact the last week held."""

    worker: User
    cases: int
    follow_ups: int
    late: int
    minutes: int


def workload(actor: Actor, *, now: datetime) -> list[Load]:
    """Every colleague who supports families. Only cases that the actor sees are counted."""
    if actor.organisation_id is None or not actor.holds(WORKERS):
        return []
    cases = running_cases(actor).order_by()
    counted = dict(cases.values_list("contact_person").annotate(Count("pk")))
    due = planned_follow_ups(actor).filter(due_at__lte=now).order_by()
    due_of = dict(due.values_list("case__contact_person").annotate(Count("pk")))
    late = open_tasks(actor).filter(due_at__lt=now).order_by()
    late_of = dict(late.values_list("owner").annotate(Count("pk")))
    spent = _time_spent(actor, since=now - WEEK)
    return [
        Load(
            worker=one,
            cases=counted.get(one.pk, 0),
            follow_ups=due_of.get(one.pk, 0),
            late=late_of.get(one.pk, 0),
            minutes=round(spent.get(one.pk, timedelta()).total_seconds() / 60),
        )
        for one in people_holding(actor.organisation_id, WORKERS).order_by("full_name", "pk")
    ]


def _time_spent(actor: Actor, *, since: datetime) -> dict[int, timedelta]:
    took = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    rows = ContactRecord.objects.filter(
        Q(worker__isnull=False),
        started_at__gte=since,
        ended_at__isnull=False,
        case__in=cases_visible_to(actor).order_by().values("pk"),
    )
    return dict(rows.order_by().values_list("worker").annotate(spent=Sum(took)))
