"""What an appeal does when its incident changes hands."""

from __future__ import annotations

from appeals.models import Appeal


def follow_owner(*, incident_id: int, organisation_id: int) -> int:
    """The new owner's people see and decide from now on; returns how many appeals went along."""
    return Appeal.objects.filter(incident_id=incident_id).update(organisation_id=organisation_id)
