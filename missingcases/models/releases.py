"""Releases: named fields, a named recipient, a lawful basis, an author, a reason (domain.md section 8)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from missingcases.enums import Ground, LawfulBasis, ReleaseKind, ReleaseStatus
from missingcases.models.incidents import Incident
from missingcases.references import release_reference
from missingcases.release_rules import BY_TWO

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Release(models.Model):
    """What one organisation let another know: a copy at a time. `content` is JSON (name to text), encrypted.

    Without an incident it is from a case that no incident knows of; only the receiver's own list shows it.
    `source_label` and `source_id` are the record it was copied from, and the receiver never learns them.
    `agreement` covers it; `overridden` says that none did, and `override_reason` why it was released all
    the same. `first_read_at` is the receiver's first reading; every reading is in the trail.
    """

    reference = models.CharField(max_length=16, unique=True, default=release_reference)
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="releases"
    )
    source_label = models.CharField(max_length=80, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=ReleaseKind)
    status = models.CharField(max_length=10, choices=ReleaseStatus, default=ReleaseStatus.DRAFT)
    from_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=30, blank=True, help_text="Only this desk of the receiver reads it.")
    to_user = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Only this person of the receiver reads it.",
    )
    field_names = ArrayField(models.CharField(max_length=60), default=list)
    content = EncryptedTextField()
    purpose = models.CharField(max_length=200)
    lawful_basis = models.CharField(max_length=24, choices=LawfulBasis)
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    agreement = models.ForeignKey(
        "agreements.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    overridden = models.BooleanField(default=False)
    override_reason = EncryptedTextField(blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)
    wishes = models.TextField(blank=True, help_text="What the person wants; apart from the lawful basis.")
    reason = models.TextField()
    author = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_by_client = models.ForeignKey(
        "clients.Client", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    tidied_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the sight of an incident that an expired release gave was taken.",
    )
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
            models.Index(fields=["from_organisation", "-created_at", "-id"], name="release_by_author_side"),
            models.Index(
                fields=["source_label", "source_id"],
                condition=Q(source_id__isnull=False),
                name="release_by_source",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(status="approved", expires_at__isnull=False, tidied_at__isnull=True),
                name="release_expiring",
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
                condition=~Q(kind__in=sorted(BY_TWO))
                | Q(status=ReleaseStatus.DRAFT)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("author")),
                name="broken_confidence_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False)
                | Q(acknowledged_by_client__isnull=False),
                name="acknowledgement_names_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReleaseStatus.REVOKED) | Q(revoked_at__isnull=False),
                name="revoked_release_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False) | Q(source_id__isnull=False),
                name="release_is_from_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReleaseKind.CONFIDENCE_BROKEN) | ~Q(ground=""),
                name="broken_confidence_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(to_user__isnull=True) | Q(desk=""), name="release_to_a_desk_or_to_one_person"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
