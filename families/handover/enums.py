"""How a shift handover stands."""

from django.db.models import TextChoices


class HandoverStatus(TextChoices):
    """From the first note of whoever goes to the signature of whoever comes."""

    WRITING = "writing", "Being written"
    SIGNED_OUT = "signed_out", "Waiting for the incoming shift"
    DONE = "done", "Signed by both"
    CANCELLED = "cancelled", "Taken back"
