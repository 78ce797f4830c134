"""Releases: named fields, a named recipient, a lawful basis, an author, a reason (domain.md section 8)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from missingcases.enums import LawfulBasis, ReleaseKind, ReleaseStatus
from missingcases.models.incidents import Incident
from missingcases.references import release_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Release(models.Model):
    """What one organisation let another know. `content` is JSON (name to text), encrypted."""

    reference = models.CharField(max_length=16, unique=True, default=release_reference)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="releases")
    kind = models.CharField(max_length=16, choices=ReleaseKind)
    status = models.CharField(max_length=10, choices=ReleaseStatus, default=ReleaseStatus.DRAFT)
    from_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=30, blank=True, help_text="Only this desk of the receiver reads it.")
    field_names = ArrayField(models.CharField(max_length=60), default=list)
    content = EncryptedTextField()
    purpose = models.CharField(max_length=200)
    lawful_basis = models.CharField(max_length=24, choices=LawfulBasis)
    wishes = models.TextField(blank=True, help_text="What the person wants; apart from the lawful basis.")
    reason = models.TextField()
    author = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_organisation", "status", "-created_at"], name="release_by_receiver"),
            models.Index(
                fields=["acknowledge_by"],
                condition=Q(status="approved", acknowledged_at__isnull=True),
                name="release_unacknowledged",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="release_goes_to_another"
            ),
            models.CheckConstraint(
                condition=Q(status=ReleaseStatus.DRAFT) | Q(decided_at__isnull=False),
                name="decided_release_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReleaseKind.THREAT_TO_LIFE)
                | Q(status=ReleaseStatus.DRAFT)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("author")),
                name="threat_to_life_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_by__isnull=False),
                name="acknowledgement_names_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReleaseStatus.REVOKED) | Q(revoked_at__isnull=False),
                name="revoked_release_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
