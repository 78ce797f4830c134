"""What happens to appeals and sightings. Past tense; ids, times and codes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from appeals.enums import WithdrawCause
from foundation.events.types import Event


@dataclass(frozen=True, kw_only=True)
class AppealChanged(Event):
    """An appeal moved on: asked for, drafted, authorised, scheduled, live, paused or declined."""

    appeal_id: int
    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealPublished(Event):
    """An appeal went live, for the first time or again."""

    appeal_id: int
    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AppealWithdrawn(Event):
    """An appeal ended: our own pages are gone, every outlet is to be told."""

    appeal_id: int
    incident_id: int
    at: datetime
    cause: WithdrawCause


@dataclass(frozen=True, kw_only=True)
class SightingPassed(Event):
    """A sighting was passed to the force."""

    sighting_id: int
    incident_id: int
    at: datetime
