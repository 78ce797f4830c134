"""How interviews are offered, accepted and reported, counted (domain.md section 6). Each with its n."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, F, Q

from foundation.actors import Actor
from rhi.enums import EndedBy, ReferralStatus
from rhi.selectors.referrals import progress_visible_to

_S = ReferralStatus
# An interview was never owed for these: they are in no figure.
_NOT_OWED = Q(status__in=[_S.WITHDRAWN, _S.DECEASED]) | Q(ended_by=EndedBy.FINDING_TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Of none there is no share."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded to a whole percent."""
        return round(100 * self.count / self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the returns within a time: offered of owed, accepted of offered, held in 72 hours of owed, the
    median hours from the return to the interview, reports in time of reports that were due."""

    offered: Share
    accepted: Share
    in_time: Share
    median_hours: float | None
    held: int
    reports_in_time: Share


def figures(actor: Actor, *, since: datetime, until: datetime, now: datetime) -> Figures:
    """The figures of the returns from `since` until `until` that the actor may know of. Two queries.

    A return whose 72 hours still run and that has no interview yet is not counted as late.
    """
    rows = progress_visible_to(actor).filter(clock_start__gte=since, clock_start__lt=until)
    owed = rows.exclude(_NOT_OWED).order_by()
    was_accepted = Q(status=_S.ACCEPTED) | Q(completed_at__isnull=False)
    settled = Q(completed_at__isnull=False) | Q(due_at__lt=now)
    in_time = Q(reported_at__lte=F("report_due_at"))
    counts = owed.aggregate(
        owed=Count("pk"),
        offered=Count("pk", filter=Q(offered_at__isnull=False)),
        accepted=Count("pk", filter=Q(offered_at__isnull=False) & was_accepted),
        due=Count("pk", filter=settled),
        held_in_time=Count("pk", filter=Q(completed_at__lte=F("due_at"))),
        reports=Count("pk", filter=in_time | Q(report_due_at__lt=now)),
        reports_in_time=Count("pk", filter=in_time),
    )
    hours = _hours(owed.filter(completed_at__isnull=False).values_list("clock_start", "completed_at"))
    return Figures(
        offered=Share(counts["offered"], counts["owed"]),
        accepted=Share(counts["accepted"], counts["offered"]),
        in_time=Share(counts["held_in_time"], counts["due"]),
        median_hours=round(median(hours), 1) if hours else None,
        held=len(hours),
        reports_in_time=Share(counts["reports_in_time"], counts["reports"]),
    )


def _hours(times: Iterable[tuple[datetime, datetime | None]]) -> list[float]:
    return [(held - start).total_seconds() / 3600 for start, held in times if held is not None]
