"""Words of a visit."""

from django.db.models import TextChoices


class VisitStatus(TextChoices):
    """Where a visit stands. That it is late is a query over its alarm."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    ENDED = "ended", "Ended"
    CANCELLED = "cancelled", "Cancelled"
    RESOLVED = "resolved", "Settled by a manager"


ON_THE_WAY: frozenset[str] = frozenset({VisitStatus.PLANNED, VisitStatus.UNDER_WAY})


class VisitMarker(TextChoices):
    """What may endanger a worker where they go."""

    VIOLENCE = "violence", "Violence or threats in the household"
    WEAPON = "weapon", "A weapon may be there"
    EXPLOITERS = "exploiters", "People who exploit the child may be near"
    SUBSTANCE = "substance", "Drugs or alcohol"
    DOG = "dog", "A dog"
    REMOTE = "remote", "A lonely place, or no mobile signal"
    NIGHT = "night", "After dark"
    OTHER = "other", "Something else, as the note says"
