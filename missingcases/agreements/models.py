"""A sharing agreement: one flow of named fields from one organisation to another (domain.md section 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.references import new_reference
from missingcases.agreements.enums import AgreementStatus
from missingcases.enums import LawfulBasis, ReleaseKind

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
GRACE_DAYS = 28  # (P)


def agreement_reference() -> str:
    """A new agreement's reference."""
    return new_reference("SA")


class Agreement(models.Model):
    """One flow, one way. It is in force once a person of each side has signed it.

    `field_names` are those a release may carry; `line` covers `line_1`, `line_2` too. Past `review_on` it
    warns, and `grace_days` later it covers nothing until somebody has reviewed it.
    """

    reference = models.CharField(max_length=16, unique=True, default=agreement_reference)
    from_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    flow = models.CharField(max_length=20, choices=ReleaseKind)
    purpose = models.TextField()
    field_names = ArrayField(models.CharField(max_length=60))
    lawful_bases = ArrayField(models.CharField(max_length=24, choices=LawfulBasis))
    retention = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    review_on = models.DateField()
    grace_days = models.PositiveSmallIntegerField(default=GRACE_DAYS)
    status = models.CharField(max_length=10, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    drafted_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    from_signed_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_signed_at = models.DateTimeField(null=True, blank=True)
    to_signed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_signed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    findings = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["from_organisation", "to_organisation", "flow"],
                condition=Q(status=AgreementStatus.IN_FORCE),
                name="agreement_in_force",
            ),
            models.Index(fields=["to_organisation", "status"], name="agreement_by_receiver"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="agreement_is_of_two"
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.IN_FORCE)
                | Q(from_signed_by__isnull=False)
                & Q(to_signed_by__isnull=False)
                & ~Q(from_signed_by=F("to_signed_by")),
                name="agreement_in_force_is_signed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.ENDED) | Q(ended_at__isnull=False),
                name="ended_agreement_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def covers_until(self) -> date:
        """The last day on which it covers a release without having been reviewed."""
        return self.review_on + timedelta(days=self.grace_days)

    @property
    def lawful_bases_said(self) -> list[str]:
        """The bases in words."""
        return [LawfulBasis(one).label for one in self.lawful_bases]
