"""How a pairing and a candidate stand."""

from django.db.models import TextChoices


class PairingStatus(TextChoices):
    """Two organisations may compare, or may not any more."""

    ACTIVE = "active", "In use"
    ENDED = "ended", "Ended"


class CandidateStatus(TextChoices):
    """What each side has said. The partner hears of one only once the force has confirmed it."""

    PROPOSED = "proposed", "Waits for the force"
    CONFIRMED_HERE = "confirmed_here", "Waits for the partner"
    CONFIRMED = "confirmed", "Confirmed by both"
    REJECTED = "rejected", "Not confirmed"
    WITHDRAWN = "withdrawn", "Withdrawn"


LIVE: frozenset[str] = frozenset(
    {CandidateStatus.PROPOSED, CandidateStatus.CONFIRMED_HERE, CandidateStatus.CONFIRMED}
)
