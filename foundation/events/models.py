"""Owed deliveries: what a subscriber still has to do about something that happened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OwedStatus(models.TextChoices):
    """Where a delivery stands. `stuck` waits for a person."""

    OWED = "owed", "Owed"
    DONE = "done", "Done"
    STUCK = "stuck", "Needs a person"


class Owed(models.Model):
    """One subscriber's debt for one event. `payload` holds ids and times only."""

    event = models.CharField(max_length=80)
    payload = models.JSONField()
    subscriber = models.CharField(max_length=120, help_text="Dotted path of the function.")
    lane = models.CharField(max_length=10, default="normal")
    status = models.CharField(max_length=10, choices=OwedStatus, default=OwedStatus.OWED)
    was_together = models.BooleanField(
        default=False, help_text="A stop that failed inside the transaction: shown in red until done."
    )
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error_kind = models.CharField(max_length=120, blank=True, help_text="Exception class; no message text.")
    error_where = models.CharField(max_length=200, blank=True, help_text="File and line it came from.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(status="owed"), name="owed_by_due"),
            models.Index(fields=["-created_at"], condition=Q(status="stuck"), name="owed_stuck"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False)
                | Q(~Q(status="done"), done_at__isnull=True),
                name="owed_done_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.subscriber}"
