"""How a request stands, and what was decided of each thing that was found."""

from django.db.models import TextChoices


class RequestStatus(TextChoices):
    """From the day somebody asks until they have what they may have."""

    RECEIVED = "received", "Received"
    COLLECTING = "collecting", "Being collected"
    REVIEW = "in_review", "In review"
    SECOND_LOOK = "second_look", "Second look"
    MAKING = "making", "Being made"
    READY = "ready", "Ready to give"
    GIVEN = "given", "Given"
    ENDED = "ended_without", "Ended without"


class Decision(TextChoices):
    """Whether a thing that was found goes into the pack."""

    UNDECIDED = "undecided", "Not decided"
    INCLUDE = "include", "Include"
    WITHHOLD = "withhold", "Withhold"


class Mark(TextChoices):
    """Why a thing wants weighing before it is given."""

    THIRD_PARTY = "third_party", "About somebody else too"
    HARM_RISK = "harm_risk", "May cause serious harm"
    CRIME = "crime_prejudice", "May prejudice an investigation"


ENDED = frozenset({RequestStatus.GIVEN, RequestStatus.ENDED})
