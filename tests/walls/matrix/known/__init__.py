"""Who may know: one table for each house, put together."""

from __future__ import annotations

from tests.walls.matrix.knowing import Known
from tests.walls.matrix.known import (
    alerting,
    audience,
    confidential,
    figures,
    foundation,
    partners,
    publicity,
    reckoned,
    records,
)

KNOWN_TO: Known = {
    **foundation.KNOWN_TO,
    **records.KNOWN_TO,
    **publicity.KNOWN_TO,
    **confidential.KNOWN_TO,
    **alerting.KNOWN_TO,
    **audience.KNOWN_TO,
    **partners.KNOWN_TO,
    **figures.KNOWN_TO,
    **reckoned.KNOWN_TO,
}
