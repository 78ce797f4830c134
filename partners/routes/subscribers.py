"""What routes do when something happened elsewhere."""

from __future__ import annotations

from missingcases.enums import ACTIVE_FLAG
from missingcases.events import AgeCorrected, FlagChanged, IncidentReported
from partners.routes import services
from partners.routes.enums import raised_by


def raise_for_flag(event: FlagChanged) -> None:
    """Together: a flag that must be told to somebody opens its concern. Ruling it out is left to a person."""
    if event.status in ACTIVE_FLAG and raised_by(event.kind, is_child=True) is not None:
        services.raise_for_flag(person_id=event.person_id, flag_kind=event.kind)


def raise_for_report(event: IncidentReported) -> None:
    """Together: somebody is missing again who has such flags."""
    services.raise_for_report(incident_id=event.incident_id)


def follow_age(event: AgeCorrected) -> None:
    """Together: an adult turned out to be a child, or the reverse: the concern takes the other way."""
    services.follow_age(incident_id=event.incident_id)
