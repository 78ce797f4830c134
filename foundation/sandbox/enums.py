"""The words of the stand-in provider: Twilio's statuses, and what can be made to go wrong."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    """Twilio's own words for how a message fares."""

    QUEUED = "queued", "Queued"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    UNDELIVERED = "undelivered", "Undelivered"
    FAILED = "failed", "Failed"
    RECEIVED = "received", "Received"

    @property
    def rank(self) -> int:
        """How far along it is; a message never goes back."""
        return {"queued": 0, "sent": 1}.get(self.value, 2)


class FaultKind(models.TextChoices):
    """What can be made to go wrong, in the words of the screen."""

    BUSY = "busy", "Refuse: too many requests (429)"
    REFUSE = "refuse", "Refuse: bad request (400)"
    FAULT = "fault", "Answer with a fault, not accepted (500)"
    FAULT_AFTER = "fault_after", "Accept, then answer with a fault (500)"
    CUT_BEFORE = "cut_before", "Cut the connection before accepting"
    CUT_AFTER = "cut_after", "Cut the connection after accepting"
    SLOW = "slow", "Accept, then answer late"
    RECEIPTS_LOST = "receipts_lost", "Lose every receipt"
    RECEIPTS_DOUBLED = "receipts_doubled", "Send every receipt twice"
    RECEIPTS_REVERSED = "receipts_reversed", "Send receipts in the wrong order"
    RECEIPTS_LATE = "receipts_late", "Send receipts late"
    RECEIPTS_FORGED = "receipts_forged", "Sign receipts with the wrong key"
    LIST_DOWN = "list_down", "Refuse questions about earlier messages (500)"
    POST_STAYS = "post_stays", "Networks: say that a post is deleted, and go on showing it"
    MAIL_LATER = "mail_later", "E-mail: refuse for now (451)"
    MAIL_REFUSED = "mail_refused", "E-mail: refuse for good (550)"
    MAIL_CUT = "mail_cut", "E-mail: take it, then cut the connection"


class NetworkName(models.TextChoices):
    """The stand-ins of networks, and of a force whose feed is read."""

    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    PARTNER = "partner", "Media partner"
    FORCE = "force", "Force"
