"""What a restored system holds back, and lets go step by step."""

from django.db.models import TextChoices


class Step(TextChoices):
    """One thing that is held: the public site, or a lane of messages."""

    PUBLIC = "public", "Public site"
    ALERT = "alert", "Alerts"
    URGENT = "urgent", "Urgent messages"
    NORMAL = "normal", "Ordinary messages"
    BULK = "bulk", "Messages to many"
