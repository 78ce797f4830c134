"""Twilio's message statuses in our words (its documented list, parts.md)."""

from foundation.messaging.enums import Standing

VALIDITY_PERIOD_OVER = "30036"

_STANDINGS = {
    "accepted": Standing.ACCEPTED,
    "scheduled": Standing.ACCEPTED,
    "queued": Standing.ACCEPTED,
    "sending": Standing.ACCEPTED,
    "sent": Standing.ACCEPTED,
    "partially_delivered": Standing.ACCEPTED,
    "delivered": Standing.DELIVERED,
    "read": Standing.DELIVERED,
    "undelivered": Standing.FAILED,
    "failed": Standing.FAILED,
    "canceled": Standing.FAILED,
}


def standing_of(status: str, code: str = "") -> Standing | None:
    """The standing that Twilio's `status` and error `code` mean; None if it is no outgoing one."""
    found = _STANDINGS.get(status.strip().lower())
    if found is Standing.FAILED and code == VALIDITY_PERIOD_OVER:
        return Standing.EXPIRED
    return found
