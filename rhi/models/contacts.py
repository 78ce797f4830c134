"""Attempts to reach a child, and what is put before the manager. The provider's alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from rhi.enums import ConcernKind, ContactChannel, Contacted, ContactOutcome
from rhi.models.referrals import Referral

_USER = "accounts.User"


class ContactAttempt(models.Model):
    """One attempt, never changed; `note` is for colleagues."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=ContactChannel)
    whom = models.CharField(max_length=14, choices=Contacted)
    outcome = models.CharField(max_length=10, choices=ContactOutcome)
    note = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    form_token = models.UUIDField(unique=True, help_text="One filled-in form is one attempt.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Concern(models.Model):
    """Something a duty manager is to look at; it waits until somebody says what was done."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=10, choices=ConcernKind)
    raised_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settlement = EncryptedTextField(blank=True, help_text="What was done, in words.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=Q(settled_at__isnull=True),
                name="rhi_one_open_concern_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_by__isnull=False),
                name="rhi_settled_concern_names_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"
