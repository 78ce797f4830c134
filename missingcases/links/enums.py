"""How a link stands."""

from django.db.models import TextChoices


class LinkStatus(TextChoices):
    """From the question to the end of the link."""

    ASKED = "asked", "Asked"
    ACCEPTED = "accepted", "Linked"
    JOINED = "joined", "Answered by another link"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    ENDED = "ended", "Ended"


LIVE = frozenset({LinkStatus.ASKED, LinkStatus.ACCEPTED})
