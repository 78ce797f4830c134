"""What a partner says of how it goes on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.fields import EncryptedTextField
from partners.models.referrals import Referral


class Progress(models.Model):
    """One report of a partner to the sender. By a person, by a system, or by a link (neither is named)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_client = models.ForeignKey(
        "clients.Client", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = EncryptedTextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} at {self.at}"
