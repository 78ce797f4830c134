"""What intelligence reports do when something happened."""

from __future__ import annotations

from missingcases import events as cases
from missingcases.intelligence import events, services


def tell_force(event: events.IntelligenceSent) -> None:
    """Write to those of the force who take reports up."""
    services.tell_force(event.report_id)


def follow_acknowledged(event: cases.ReleaseAcknowledged) -> None:
    """A report's release was acknowledged."""
    services.follow_acknowledged(event.release_id)


def follow_revoked(event: cases.ReleaseRevoked) -> None:
    """A report's release was taken back."""
    services.follow_revoked(event.release_id)
