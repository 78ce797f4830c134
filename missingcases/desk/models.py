"""What calls a force to an incident until somebody acknowledges it, and each force's own times."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField

ESCALATE_AFTER_MINUTES = 15  # (P)
LONGEST_MINUTES = 240
_USER = "accounts.User"


class Cause(models.TextChoices):
    """Why a force is called."""

    REPORTED = "reported", "New"
    HIGH_RISK = "high_risk", "Graded high risk"
    CONFIRMED = "confirmed", "Import confirmed"
    REOPENED = "reopened", "Open again"
    TRANSFERRED = "transferred", "Taken over"


class Notice(models.Model):
    """One call to the owner force; an incident has at most one that is still open.

    The deadlines are stored (`escalate_at`, `inspector_at`), so lateness is a query. Whether a notice still
    matters is asked of the incident itself, never of this row.
    """

    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="notices")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=12, choices=Cause)
    raised_at = models.DateTimeField()
    escalate_at = models.DateTimeField(null=True, blank=True, help_text="High risk only.")
    supervisor_told_at = models.DateTimeField(null=True, blank=True)
    inspector_at = models.DateTimeField(null=True, blank=True)
    inspector_told_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="Another force was called instead.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(acknowledged_at__isnull=True, replaced_at__isnull=True),
                name="notice_open_once",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_by__isnull=False),
                name="acknowledged_notice_names_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["escalate_at"],
                condition=Q(
                    acknowledged_at__isnull=True,
                    replaced_at__isnull=True,
                    escalate_at__isnull=False,
                    inspector_told_at__isnull=True,
                ),
                name="notice_to_escalate",
            ),
            models.Index(
                fields=["organisation", "-raised_at"],
                condition=Q(acknowledged_at__isnull=True, replaced_at__isnull=True),
                name="notice_open_by_force",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


def _minutes(help_text: str) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        default=ESCALATE_AFTER_MINUTES,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
        help_text=help_text,
    )


class DeskRule(models.Model):
    """A force's own times, and the duty telephones that texts go to. Without a row the defaults hold."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    escalate_minutes = _minutes("Until the supervisor is told.")
    again_minutes = _minutes("From then until the inspector is told.")
    supervisor_phone = EncryptedTextField(blank=True)
    inspector_phone = EncryptedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"desk rule of {self.organisation_id}"
