"""What happens to incidents and people. Past tense; ids, times and codes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foundation.events.types import Event
from missingcases.enums import FlagKind, FlagStatus, IncidentStatus, RiskLevel, StopCause


@dataclass(frozen=True, kw_only=True)
class IncidentReported(Event):
    """A new incident. Not published for imported history."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentChanged(Event):
    """An incident, or who may see what of it, was written: the first report too. Not for imports."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentGraded(Event):
    """A category and risk were set or changed. Not published while starts are held."""

    incident_id: int
    at: datetime
    category: IncidentStatus
    level: RiskLevel


@dataclass(frozen=True, kw_only=True)
class IncidentStopped(Event):
    """The incident left an open state, whatever the way: everything that runs for it stops."""

    incident_id: int
    at: datetime
    cause: StopCause


@dataclass(frozen=True, kw_only=True)
class IncidentLocated(Event):
    """The person was found. Comes with `IncidentStopped`; starts nothing for the deceased."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonReturned(Event):
    """Back at home or placement: the clock of a Return Home Interview starts."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentReopened(Event):
    """The person is to be found again: closed too early, or located in error (`was` says which)."""

    incident_id: int
    at: datetime
    was: IncidentStatus


@dataclass(frozen=True, kw_only=True)
class DeathRecorded(Event):
    """The outcome says that the person has died, whether the case is closed yet or not."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentClosed(Event):
    """The case is complete."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IncidentTransferred(Event):
    """The other force accepted: the owner changed."""

    incident_id: int
    at: datetime
    from_organisation_id: int
    to_organisation_id: int


@dataclass(frozen=True, kw_only=True)
class StartsConfirmed(Event):
    """A supervisor confirmed an imported open incident: services may start for it now."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgeCorrected(Event):
    """How old the person was at the report is known otherwise than before: corrected, or by a merge."""

    incident_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FlagChanged(Event):
    """A flag on a person was raised, confirmed or ruled out."""

    person_id: int
    flag_id: int
    at: datetime
    kind: FlagKind
    status: FlagStatus


@dataclass(frozen=True, kw_only=True)
class KeptFromFamily(Event):
    """Somebody in the person's family may be the danger, and nothing said so until now."""

    person_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PhoneChanged(Event):
    """A number was added, or what is known of it changed."""

    person_id: int
    phone_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReleaseApproved(Event):
    """Something was released to another organisation."""

    release_id: int
    incident_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReleaseAcknowledged(Event):
    """The receiver has read a release and acts on it."""

    release_id: int
    incident_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReleaseRevoked(Event):
    """A release was taken back: what was shown is shown no more."""

    release_id: int
    incident_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PhotoRefused(Event):
    """The record of a photo refuses publicity from now on."""

    photo_id: int
    incident_id: int
    at: datetime
