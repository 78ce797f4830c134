"""Why somebody is not referred for tracing (P)."""

from django.db.models import TextChoices


class WhyNot(TextChoices):
    """What a reviewer may say; the words say more."""

    RISK = "risk", "It might put them in danger"
    THEIR_WISH = "their_wish", "They do not want to be found"
    FAMILY_OBJECTS = "family_objects", "The family does not want it"
    ENQUIRIES_RUN = "enquiries_run", "Enquiries of ours run that it would disturb"
    NO_PARTNER = "no_partner", "No partner fits"
    TRIED = "tried", "It was tried, and nothing has changed"
    OTHER = "other", "Another reason"
