"""How a sharing agreement stands."""

from django.db.models import TextChoices


class AgreementStatus(TextChoices):
    """From the first draft to its end. Only one in force covers a release."""

    DRAFT = "draft", "Draft"
    IN_FORCE = "in_force", "In force"
    ENDED = "ended", "Ended"
