"""What the feeds of forces carry, and what left them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class FeedEntry(models.Model):
    """An appeal that a force's feed carries, by the appeal's `external_reference`, or did carry.

    One that left the feed proposes its withdrawal; `kept_at` is when the charity decided against that.
    """

    appeal = models.OneToOneField("appeals.Appeal", on_delete=models.CASCADE, related_name="feed_entry")
    fingerprint = models.CharField(max_length=64, help_text="Of what was taken last.")
    taken_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    deleted = models.BooleanField(default=False, help_text="The feed said so itself, by a tombstone.")
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["gone_at"],
                condition=Q(gone_at__isnull=False, kept_at__isnull=True),
                name="feed_entry_that_left",
            )
        ]

    def __str__(self) -> str:
        return f"feed entry of appeal {self.appeal_id}"
