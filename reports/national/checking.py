"""What is missing before a return is sent: each check as data, counted together in one query.

A check is no refusal: what is not known stays "not known" in the return. It says where to look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from foundation.actors import Actor
from missingcases.enums import OPEN, FoundBy, IncidentStatus, Known, Outcome, Sex
from missingcases.models import Incident, RecordSection
from missingcases.selectors import records_visible_to
from reports.national.counting import incidents_of
from reports.periods import Period
from reports.scope import Scope

CHILD_UNTIL = 18
CLOSE_WITHIN = timedelta(days=28)
LISTED = 50
_ENDED = Q(status=IncidentStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be missing. `page` is where it is corrected; `of` says of which incidents."""

    key: str
    label: str
    of: str
    page: str
    missing: Callable[[datetime], Q]


def _not_recorded(now: datetime) -> Q:
    return ~Q(
        Exists(
            RecordSection.objects.filter(incident=OuterRef("pk"), section="identity").exclude(
                Q(data__self_defined="") | Q(data__self_defined=None)
            )
        )
    )


CHECKS: tuple[Check, ...] = (
    Check("age", "Age at report", "every incident", "missingcases:person", lambda now: Q(age_at_report=None)),
    Check("sex", "Sex", "every incident", "missingcases:person", lambda now: Q(person__sex=Sex.NOT_KNOWN)),
    Check("ethnicity", "Self-defined ethnicity", "every incident", "missingcases:record", _not_recorded),
    Check("risk", "Risk", "every incident", "missingcases:risk", lambda now: Q(risk_level="")),
    Check(
        "care",
        "Whether they are looked after",
        "children",
        "missingcases:facts",
        lambda now: Q(age_at_report__lt=CHILD_UNTIL, looked_after=Known.NOT_KNOWN),
    ),
    Check(
        "area", "Area last seen", "every incident", "missingcases:facts", lambda now: Q(last_seen_area=None)
    ),
    Check(
        "open",
        "Still open: no time missing yet",
        "every incident",
        "missingcases:overview",
        lambda now: Q(status__in=sorted(OPEN)),
    ),
    Check(
        "unclosed",
        "Found more than 28 days ago and not closed",
        "found incidents",
        "missingcases:overview",
        lambda now: (
            Q(located_at__lt=now - CLOSE_WITHIN) & ~Q(status__in=[IncidentStatus.CLOSED, *sorted(OPEN)])
        ),
    ),
    Check(
        "finder",
        "Who found them",
        "closed incidents",
        "missingcases:overview",
        lambda now: _ENDED & Q(found_by__in=["", FoundBy.UNKNOWN]),
    ),
    Check("harm", "Harm", "closed incidents", "missingcases:overview", lambda now: _ENDED & Q(harm=[])),
    Check(
        "death",
        "Manner of death",
        "people who died",
        "missingcases:overview",
        lambda now: Q(outcome=Outcome.LOCATED_DECEASED, death_type=""),
    ),
    Check(
        "distance",
        "Distance found",
        "closed incidents",
        "missingcases:overview",
        lambda now: _ENDED & Q(distance_km=None),
    ),
)
BY_KEY: dict[str, Check] = {one.key: one for one in CHECKS}


def missing(scope: Scope, year: Period, *, now: datetime) -> dict[str, int]:
    """How many incidents of the return want each thing, by the check's key. One query."""
    counts = {check.key: Count("pk", filter=check.missing(now)) for check in CHECKS}
    return dict(incidents_of(scope, year).aggregate(**counts))


def wanting(actor: Actor, check: Check, scope: Scope, year: Period, *, now: datetime) -> QuerySet[Incident]:
    """The incidents that want one thing and whose record the actor may open, the newest first."""
    rows = incidents_of(scope, year).filter(check.missing(now))
    seen = records_visible_to(actor).filter(pk__in=rows.values("pk"))
    return seen.order_by("-reported_at", "-pk")
