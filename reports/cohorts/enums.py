"""What a cohort review, and what was coded in it, can be."""

from django.db.models import TextChoices


class ReviewStatus(TextChoices):
    """Where a review stands."""

    CHOOSING = "choosing", "Being set up"
    READING = "reading", "Being read"
    COMPARING = "comparing", "Being compared"
    SETTLED = "settled", "Settled"
    GIVEN_UP = "given_up", "Given up"


ENDED: frozenset[str] = frozenset({ReviewStatus.SETTLED, ReviewStatus.GIVEN_UP})
# Both have finished: each may see what the other coded.
COMPARED: frozenset[str] = frozenset({ReviewStatus.COMPARING, ReviewStatus.SETTLED})


class ReadingStatus(TextChoices):
    """Where one reader stands with one case."""

    OPEN = "open", "Being read"
    DONE = "done", "Coded"


class Value(TextChoices):
    """What a reader says of a theme in a case."""

    PRESENT = "present", "Present"
    ABSENT = "absent", "Absent"
    UNCLEAR = "unclear", "Unclear"


class Language(TextChoices):
    """In what a concept list is written. Denials are read in English alone."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"
    OTHER = "other", "Another language"


class AgeGroup(TextChoices):
    """Age when the incident was reported."""

    CHILD = "child", "Under 18"
    YOUNG = "young", "Under 13"
    TEEN = "teen", "13 to 17"
    ADULT = "adult", "18 and over"
    UNKNOWN = "unknown", "Not known"
