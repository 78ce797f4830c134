"""Partners' systems that are told, and what each was told."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alerts.cap.enums import TargetStatus
from alerts.cap.models.messages import CapMessage
from foundation.fields import KeptOpenTextField
from foundation.references import new_reference


def target_reference() -> str:
    """Of a partner's system."""
    return new_reference("PT")


def push_reference() -> str:
    """The `webhook-id` of one delivery, the same over retries; it tells nothing."""
    return f"cap_{secrets.token_hex(12)}"


class PushTarget(models.Model):
    """One address to which every message is posted as it goes out. Exercises only where it wants them."""

    reference = models.CharField(max_length=16, unique=True, default=target_reference)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    takes_exercises = models.BooleanField(default=False)
    status = models.CharField(max_length=7, choices=TargetStatus, default=TargetStatus.ACTIVE)
    secret = KeptOpenTextField(blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["url"], condition=~Q(status=TargetStatus.REMOVED), name="cap_target_once"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Push(models.Model):
    """That one partner is to get one message. How that fares is its message's business (`message_id`)."""

    reference = models.CharField(max_length=40, unique=True, default=push_reference)
    target = models.ForeignKey(PushTarget, on_delete=models.PROTECT, related_name="pushes")
    cap_message = models.ForeignKey(CapMessage, on_delete=models.PROTECT, related_name="pushes")
    message_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "pushes"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["target", "cap_message"], name="cap_push_once")
        ]

    def __str__(self) -> str:
        return self.reference
