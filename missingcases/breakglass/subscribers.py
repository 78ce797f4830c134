"""What break-glass does when something happened."""

from __future__ import annotations

from missingcases.breakglass import events, services


def tell_data_protection(event: events.RecordsOpened) -> None:
    """Write to the data-protection role of the organisation whose records were opened."""
    services.tell_opened(event.opening_id)
