"""Review clocks that run. Lateness is a query."""

from __future__ import annotations

from django.db.models import QuerySet

from missingcases.models import Incident, ReviewClock


def running_clocks() -> QuerySet[ReviewClock]:
    """Every clock that is neither done nor stopped."""
    return ReviewClock.objects.filter(done_at__isnull=True, stopped_at__isnull=True)


def clocks_of(incident: Incident) -> QuerySet[ReviewClock]:
    """The running clocks of one incident, the next first."""
    return running_clocks().filter(incident_id=incident.pk).order_by("due_at", "pk")


def next_clock(incident: Incident) -> ReviewClock | None:
    """The clock that is due next, if any runs."""
    return clocks_of(incident).first()
