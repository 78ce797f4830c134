"""What interviews led to, as things that somebody owes: open, overdue or done, and whose they are.

Whose is a query, as lateness is. What the authority acts on is the provider's until its report is sent, and
the authority's from then on; the rest stays with the provider. An authority learns of an action by the report
that names it and of no other, and a force learns of none: it reads five words (ADR 93).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from rhi import selectors as referrals
from rhi.interviews.enums import OutcomeKind, OutcomeStatus
from rhi.interviews.models import Outcome
from rhi.selectors.figures import Share

SHOWN = 100
# The authority acts on these; the provider makes the others itself.
BY_AUTHORITY = frozenset(
    {
        OutcomeKind.EARLY_HELP,
        OutcomeKind.S17,
        OutcomeKind.S47,
        OutcomeKind.STRATEGY_MEETING,
        OutcomeKind.CARE_PLAN_REVIEW,
        OutcomeKind.EXPLOITATION_PANEL,
    }
)
_OWED = Q(status__in=[OutcomeStatus.CONFIRMED, OutcomeStatus.DONE]) & ~Q(kind=OutcomeKind.NO_FURTHER_ACTION)
# In the report: it was passed on because the child agrees or because it always is. A report that was taken
# back takes the actions back with it.
_WITH_AUTHORITY = (
    Q(kind__in=sorted(BY_AUTHORITY), interview__referral__reported_at__isnull=False)
    & ~Q(ground="")
    & Q(interview__referral__report__revoked_at__isnull=True)
)


def actions_visible_to(actor: Actor) -> QuerySet[Outcome]:
    """The actions of the interviews whose content `actor` may read, and those their authority has to do."""
    if actor.organisation_id is None:
        return Outcome.objects.none()
    mine = Q(interview__referral__in=referrals.visible_to(actor).order_by().values("pk"))
    if actor.holds({Role.LOCAL_AUTHORITY}):
        mine |= _WITH_AUTHORITY & Q(interview__referral__authority_id=actor.organisation_id)
    rows = Outcome.objects.filter(_OWED & mine)
    return rows.select_related(
        "interview__referral__authority", "interview__referral__provider", "interview__referral__incident"
    )


def owed_by(actor: Actor) -> QuerySet[Outcome]:
    """Of these what the actor's own organisation has to do and has not done, the first to be late first."""
    own = Q(interview__referral__provider_id=actor.organisation_id) & ~_WITH_AUTHORITY
    own |= _WITH_AUTHORITY & Q(interview__referral__authority_id=actor.organisation_id)
    rows = actions_visible_to(actor).filter(own, status=OutcomeStatus.CONFIRMED)
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def owner_of(outcome: Outcome) -> str:
    """The name of who has to do it now."""
    referral = outcome.interview.referral
    is_authoritys = outcome.kind in BY_AUTHORITY and referral.reported_at is not None and outcome.ground
    body = referral.authority if is_authoritys and referral.authority is not None else referral.provider
    return str(body.name)


def action_named(actor: Actor, reference: str) -> Outcome:
    """One action. Raises `NotVisible`."""
    found = actions_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions as their page lists them, at most a screenful of each."""

    overdue: list[Outcome]
    open: list[Outcome]
    done: list[Outcome]


def listed(actor: Actor, *, now: datetime) -> Actions:
    """What is late, what is open and what was done last; the reading is audited."""
    rows = actions_visible_to(actor)
    still = rows.filter(status=OutcomeStatus.CONFIRMED).order_by(F("due_at").asc(nulls_last=True), "pk")
    found = Actions(
        list(still.filter(due_at__lt=now)[:SHOWN]),
        list(still.exclude(due_at__lt=now)[:SHOWN]),
        list(rows.filter(status=OutcomeStatus.DONE).order_by("-done_at", "-pk")[:SHOWN]),
    )
    ids = sorted(row.pk for row in (*found.overdue, *found.open, *found.done))
    audit.record(actor=actor, action="outcome.listed", target=Outcome, target_ids=ids)
    return found


@dataclass(frozen=True, slots=True)
class Completed:
    """Actions of a time (domain.md section 6): done of all decided, done in time of what was due."""

    done: Share
    in_time: Share


def completed(actor: Actor, *, since: datetime, until: datetime, now: datetime) -> Completed:
    """The figure of the actions decided from `since` until `until` that the actor may know of."""
    rows = actions_visible_to(actor).filter(decided_at__gte=since, decided_at__lt=until).order_by()
    is_done = Q(status=OutcomeStatus.DONE)
    in_time = is_done & Q(done_at__lte=F("due_at"))
    counts = rows.aggregate(
        all=Count("pk"),
        done=Count("pk", filter=is_done),
        due=Count("pk", filter=Q(due_at__lt=now) | in_time),
        in_time=Count("pk", filter=in_time),
    )
    return Completed(Share(counts["done"], counts["all"]), Share(counts["in_time"], counts["due"]))
