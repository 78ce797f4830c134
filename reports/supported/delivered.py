"""When a service counts as delivered to an incident: the words beside `reports.cells.dimensions.SERVICE`.

Each is a moment before `located_at`. What came afterwards, such as a Return Home Interview, cannot have
helped to find anybody and is not among them.
"""

from __future__ import annotations

from reports.cells.dimensions import SERVICE

LABELS: dict[str, str] = {
    "textsafe": "TextSafe",
    "appeal": "Appeal",
    "alert": "Child Rescue Alert",
    "family": "Family support",
    "partner": "Tracing or lost contact",
}
DEFINITIONS: dict[str, str] = {
    "textsafe": "The carrier accepted a TextSafe text for the incident before the person was located.",
    "appeal": "An appeal for the incident was first published before the person was located.",
    "alert": "A Child Rescue Alert for the incident was issued before the person was located.",
    "family": "The charity was in contact with the family of the incident before the person was located; a "
    "message that failed or has not left, and the correction of an entry, are no contact.",
    "partner": "A partner accepted a referral for tracing or lost contact before the person was located.",
}
# Delivered in confidence: a force learns no small number of them.
CONFIDENTIAL = frozenset({"family"})
ORDER: tuple[str, ...] = tuple(SERVICE.words)
