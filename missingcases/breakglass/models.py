"""An opening: a duty manager reads for a while what is closed to them, and answers for it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.breakglass.deadlines import LASTS_MINUTES, LEAST_MINUTES, MOST_MINUTES
from missingcases.breakglass.enums import Finding, OpeningStatus

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def opening_reference() -> str:
    """A new opening's reference."""
    return new_reference("BG")


class Opening(models.Model):
    """One incident's, or one person's, confidential records of one organisation, opened for a while."""

    reference = models.CharField(max_length=16, unique=True, default=opening_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        "missingcases.MissingPerson", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    status = models.CharField(max_length=12, choices=OpeningStatus, default=OpeningStatus.OPEN)
    reason = EncryptedTextField("why they were opened")
    opened_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review_due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=14, choices=Finding, blank=True)
    review_words = EncryptedTextField("what the review found", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_by", "ends_at"], name="breakglass_open_by"),
            models.Index(fields=["organisation", "-opened_at"], name="breakglass_of_body"),
            models.Index(
                fields=["organisation", "review_due_at"],
                condition=~Q(status=OpeningStatus.REVIEWED),
                name="breakglass_to_review",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(incident__isnull=True) ^ Q(person__isnull=True),
                name="opening_is_of_one_incident_or_person",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="opening_has_an_end"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("opened_by")),
                name="opening_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=OpeningStatus.REVIEWED)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding=""),
                name="reviewed_opening_has_its_finding",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_live(self, now: datetime) -> bool:
        """Whether the records stand open at that moment."""
        return self.status == OpeningStatus.OPEN and self.ends_at > now


class OpeningLength(models.Model):
    """How long records stay open at an organisation, in minutes: what is offered first, and the most."""

    organisation = models.OneToOneField(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    usual_minutes = models.PositiveSmallIntegerField(default=LASTS_MINUTES)
    most_minutes = models.PositiveSmallIntegerField(default=MOST_MINUTES)
    changed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    usual_minutes__gte=LEAST_MINUTES,
                    usual_minutes__lte=F("most_minutes"),
                    most_minutes__lte=MOST_MINUTES,
                ),
                name="opening_length_within_limits",
            ),
        ]

    def __str__(self) -> str:
        return f"openings of {self.organisation_id}"
