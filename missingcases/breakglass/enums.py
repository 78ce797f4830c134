"""How an opening stands, and what its review found."""

from django.db.models import TextChoices


class OpeningStatus(TextChoices):
    """From the opening to its review. That its time is over is a question of the clock, not a status."""

    OPEN = "opened", "Opened"
    ENDED = "closed_early", "Ended early"
    REVIEWED = "reviewed", "Reviewed"


class Finding(TextChoices):
    """What whoever reviewed an opening thought of it."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"
    FOLLOW_UP = "follow_up", "To be followed up"
