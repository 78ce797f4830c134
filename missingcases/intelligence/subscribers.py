"""What intelligence reports do when something happened."""

from __future__ import annotations

from missingcases.intelligence import events, services


def tell_force(event: events.IntelligenceSent) -> None:
    """Write to those of the force who take reports up."""
    services.tell_force(event.report_id)
