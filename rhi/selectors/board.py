"""The board of clocks: what is open for a provider or an authority, what is late first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, DateTimeField, F, Q, QuerySet, When

from foundation.actors import Actor
from rhi.enums import AWAITED, ENDED, SETTLED, ReferralStatus
from rhi.models import Referral
from rhi.selectors.referrals import progress_visible_to, visible_to
from rhi.selectors.telling import called

SHOWN = 100
# What can be asked of the board, with its words.
VIEWS: dict[str, str] = {
    "open": "Open",
    "late": "Late",
    "unallocated": "Nobody has it",
    "no_authority": "Authority not known",
    "unexplained": "Late, and no reason given",
    "reported": "Reported",
    "ended": "Ended",
}
_NEXT = Case(
    When(status__in=sorted(AWAITED), then=F("due_at")),
    When(status__in=sorted(SETTLED), then=F("report_due_at")),
    default=None,
    output_field=DateTimeField(),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board. `child` is empty for an authority that reads how it stands and no more."""

    referral: Referral
    child: str
    next_at: datetime | None
    next_is: str
    is_late: bool
    is_hosted: bool


def board(actor: Actor, *, show: str, authority: str = "", now: datetime) -> list[Row]:
    """At most a hundred lines, whose time comes first before the others. Two queries, however many."""
    rows = narrowed(progress_visible_to(actor), show, now=now)
    if authority:
        rows = rows.filter(Q(authority__code=authority) | Q(host_authority__code=authority))
    found = list(rows.order_by(F("next_at").asc(nulls_last=True), "-clock_start", "pk")[:SHOWN])
    content = set(visible_to(actor).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    return [_row(actor, row, is_read=row.pk in content, now=now) for row in found]


def narrowed(rows: QuerySet[Referral], show: str, *, now: datetime) -> QuerySet[Referral]:
    """Of these referrals those of one view, each with its next time."""
    wanted = {
        "late": Q(next_at__lt=now),
        "unallocated": Q(status=ReferralStatus.REFERRED),
        "no_authority": Q(authority__isnull=True) & ~Q(status__in=sorted(ENDED)),
        "unexplained": _unexplained(now),
        "reported": Q(status=ReferralStatus.REPORTED),
        "ended": Q(status__in=sorted(ENDED)),
    }
    return rows.annotate(next_at=_NEXT).filter(wanted.get(show, Q(status__in=sorted(AWAITED | SETTLED))))


def _unexplained(now: datetime) -> Q:
    """Missed times whose reason nobody has said, of what has not ended otherwise."""
    unmet = Q(settled_at__isnull=True, due_at__lt=now, status__in=sorted(AWAITED))
    met_late = Q(settled_at__gt=F("due_at"))
    report = Q(reported_at__gt=F("report_due_at")) | Q(reported_at__isnull=True, report_due_at__lt=now)
    return (unmet | met_late) & Q(breach_reason="") | report & Q(report_breach_reason="")


def _row(actor: Actor, referral: Referral, *, is_read: bool, now: datetime) -> Row:
    next_at: datetime | None = getattr(referral, "next_at")  # noqa: B009 - annotated
    return Row(
        referral=referral,
        child=called(referral) if is_read else "",
        next_at=next_at,
        next_is="Interview" if referral.status in AWAITED else "Report",
        is_late=next_at is not None and next_at < now,
        is_hosted=referral.host_authority_id == actor.organisation_id,
    )


def authorities_on(actor: Actor) -> list[tuple[str, str]]:
    """The authorities whose children are on the actor's board, by code and name."""
    rows = progress_visible_to(actor).filter(authority__isnull=False).order_by("authority__name")
    return list(dict.fromkeys(rows.values_list("authority__code", "authority__name")))
