"""What a reviewer said instead of referring somebody for tracing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from partners.proposals.enums import WhyNot

_USER = "accounts.User"


class NotReferred(models.Model):
    """After one review nobody was referred, and this is why. A referral is its own record."""

    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="+")
    clock = models.OneToOneField("missingcases.ReviewClock", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=16, choices=WhyNot)
    words = EncryptedTextField(blank=True)
    said_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-said_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-said_at"], name="not_referred_by_incident")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(why=WhyNot.OTHER) | ~Q(words=""), name="other_reason_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"not referred {self.pk}"
