"""How a message home stands."""

from django.db.models import TextChoices


class MessageStatus(TextChoices):
    """From the words of the missing person to the family that heard them."""

    TAKEN = "taken", "Taken: to be passed on"
    PASSING = "passing", "Somebody is passing it on"
    PASSED = "passed", "Passed on"
    COULD_NOT = "could_not", "Could not be passed on"
    WITHDRAWN = "withdrawn", "Taken back by the person"
