"""Children whose windows are known to the day, as rows and as records."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from missingcases.models import Incident, MissingPerson
from reports.before_after.cohort import Row
from rhi.models import Referral
from tests.cast import Member

# Long enough ago that the window after it is over.
BACK = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=200)


def rows(offered: bool, afters: list[int], *, first: int = 0, before: int = 2, **given: Any) -> list[Row]:
    """A child for each number of incidents after; all alike unless `alike` says otherwise."""
    values: dict[str, Any] = {"alike": ("14-15",), "before_days": 90.0, "after_days": 90.0} | given
    return [
        Row(child=first + at, offered=offered, before=before, after=after, **values)
        for at, after in enumerate(afters)
    ]


def child(force: Member, **given: Any) -> MissingPerson:
    """A girl of fourteen at `BACK`, of the force."""
    born = (BACK - timedelta(days=14 * 366)).date()
    values = {"date_of_birth": born, "sex": "female"} | given
    return MissingPerson.objects.create(organisation=force.organisation, **values)


def gone(person: MissingPerson, reported_at: datetime, *, hours: float = 12, **given: Any) -> Incident:
    """An incident of hers that ended after so many hours."""
    back = reported_at + timedelta(hours=hours)
    values: dict[str, Any] = {
        "scheme": "app_current", "status": "closed", "risk_level": "medium", "outcome": "located_alive",
        "located_at": back, "returned_at": back, "closed_at": back, "age_at_report": 14,
        "looked_after": "no",
    }  # fmt: skip
    return Incident.objects.create(
        person=person, owner=person.organisation, reported_at=reported_at, **values | given
    )


def owed(incident: Incident, charity: Member, **given: Any) -> Referral:
    """An interview was owed for this return."""
    back = incident.returned_at
    assert back is not None
    values: dict[str, Any] = {
        "origin": "return", "referred_at": back, "clock_start": back, "due_at": back + timedelta(hours=72)
    }  # fmt: skip
    return Referral.objects.create(incident=incident, provider=charity.organisation, **values | given)
