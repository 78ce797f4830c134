"""What every verb needs: the locked incident, optimistic locking, small checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from foundation.accounts.models import Membership
from foundation.actors import Actor
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.models import Incident
from missingcases.policies import sees_record

M = TypeVar("M", bound=models.Model)

# Clocks of two machines differ a little; nothing else excuses a time in the future.
TOLERANCE = timedelta(minutes=5)


def lock_incident(incident_id: int) -> Incident:
    """The incident, locked first of all rows (design.md: one lock order). Raises `NotVisible`.

    Locked alone and read afterwards: joined to an owner that changes while the lock is awaited, the
    row would not be found.
    """
    if not Incident.objects.select_for_update(no_key=True).filter(pk=incident_id).values_list("pk").first():
        raise NotVisible(f"incident {incident_id}")
    return Incident.objects.select_related("person", "owner").get(pk=incident_id)


def for_writing(actor: Actor, incident_id: int) -> Incident:
    """The locked incident, if `actor` sees its record; our own machinery reads by id."""
    incident = lock_incident(incident_id)
    if not actor.is_system and not sees_record(actor, incident):
        raise NotVisible(f"incident {incident_id}")
    return incident


def works_for(user_id: int, organisation_id: int) -> bool:
    """Whether somebody active holds a running membership of the organisation."""
    return Membership.objects.filter(
        user_id=user_id, organisation_id=organisation_id, ended_at__isnull=True, user__is_active=True
    ).exists()


def check_version(row: models.Model, version: int | None, yours: Mapping[str, Any]) -> None:
    """Raise `Conflict` with both sides where `row` moved on since `version` was read."""
    stored: int = getattr(row, "version")  # noqa: B009 - every row edited by a form has one
    if version is None or stored == version:
        return
    theirs = {name: getattr(row, name) for name in yours}
    raise Conflict(version=stored, theirs=theirs, yours=yours)


def apply(row: models.Model, *, version: int | None, changes: Mapping[str, Any]) -> list[str]:
    """Write `changes` on the locked `row` and return the names that changed; none, nothing is saved."""
    check_version(row, version, changes)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, changes[name])
    setattr(row, "version", getattr(row, "version") + 1)  # noqa: B009, B010
    touched = ["updated_at"] if hasattr(row, "updated_at") else []
    row.save(update_fields=[*changed, "version", *touched])
    return changed


def not_in_future(problems: dict[str, str], **moments: datetime | None) -> None:
    """Add a problem for each named moment that has not come yet."""
    latest = timezone.now() + TOLERANCE
    for name, moment in moments.items():
        if moment is not None and moment > latest:
            problems[name] = "This time is in the future."


def refuse(problems: Mapping[str, str]) -> None:
    """Raise `Invalid` if there is any problem."""
    if problems:
        raise Invalid(problems)


def one_of(vocabulary: type[models.TextChoices], value: str, name: str, *, blank: bool = False) -> str:
    """`value` if the vocabulary has it; raises `Invalid` naming the field otherwise."""
    if (blank and value == "") or value in vocabulary.values:
        return value
    raise Invalid({name: "Choose one of the listed values."})
