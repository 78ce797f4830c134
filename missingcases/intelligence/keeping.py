"""What intelligence reports keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from foundation.contributions import Merge, ReleaseSource, Retention
from foundation.keeping import Holding, subject_access
from missingcases.intelligence.deadlines import REVIEW_AFTER
from missingcases.intelligence.models import Report

_REPORT, _LINE, _MENTION = "intelligence.Report", "intelligence.Line", "intelligence.Mention"
_STAYS = "Stays with the incident, whichever record of the person that hangs on."
_RISK = (
    "What was told stays out: it may tell who the source is, put somebody in danger or prejudice an "
    "investigation. The data protection officer weighs each report before anything of it is given."
)
MERGE = (Merge(_REPORT, "incident", _STAYS), Merge(_MENTION, "incident", _STAYS))
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _REPORT,
            "incident",
            "Intelligence report",
            "created_at",
            ("reference", "status", "topic"),
            "organisation",
            withheld=_RISK,
        ),
        Holding(
            _MENTION,
            "incident",
            "Named in an intelligence report",
            "report__created_at",
            (),
            "report__organisation",
            withheld=_RISK,
        ),
        Holding(
            _LINE,
            "report",
            "Line of an intelligence report",
            "report__created_at",
            ("position",),
            "report__organisation",
            withheld=_RISK,
        ),
    )
)


def due_for_review(now: datetime) -> Sequence[int]:
    """Reports whose review day has come."""
    over = Report.objects.filter(review_on__lte=now.date())
    return list(over.order_by("review_on", "pk").values_list("pk", flat=True)[:500])


def _reports_about(incident_ids: Sequence[int]) -> list[int]:
    """Reports about these incidents, or that mention one of them."""
    about = Q(incident_id__in=list(incident_ids)) | Q(mentions__incident_id__in=list(incident_ids))
    return list(Report.objects.filter(about).values_list("pk", flat=True).distinct())


RELEASES = ReleaseSource(_REPORT, _reports_about)
_REVIEWED = "A person looks at it on its review day, a year after it was told or earlier, and then again (P)."
RETENTION = (
    Retention(_REPORT, "incident", _REVIEWED, timedelta(days=REVIEW_AFTER.days), due_for_review),
    Retention(_LINE, "report", "Kept as long as its report."),
    Retention(_MENTION, "incident", "Kept as long as its report."),
)
