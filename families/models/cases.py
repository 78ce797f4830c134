"""A support case, and who of the charity it is narrowed to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from families.enums import CaseStatus, Nation
from families.references import case_reference
from foundation.fields import EncryptedTextField

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class SupportCase(models.Model):
    """The charity's support of one family. The charity's alone: police and authority never learn of it.

    `incident` may be empty: a family may come first, and no incident need know of them. `about` is whom
    they miss, in their words. `missing_since` starts the signposts of the law.
    """

    reference = models.CharField(max_length=16, unique=True, default=case_reference)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "missingcases.MissingPerson", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about = EncryptedTextField("whom they miss")
    missing_since = models.DateField(null=True, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND_WALES)
    status = models.CharField(max_length=10, choices=CaseStatus, default=CaseStatus.OPEN)
    contact_person = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The single point of contact whom the family knows by name.",
    )
    is_narrowed = models.BooleanField(default=False, help_text="Only named workers and duty managers see it.")
    paused_at = models.DateTimeField(
        null=True, blank=True, help_text="The incident ended: no follow-up until a person says how to go on."
    )
    opened_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "status", "-opened_at", "-id"], name="families_by_status"),
            models.Index(fields=["contact_person", "status"], name="families_by_contact_person"),
            models.Index(
                fields=["incident"], condition=Q(incident__isnull=False), name="families_by_incident"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED) | Q(closed_at__isnull=False),
                name="closed_support_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseAccess(models.Model):
    """One colleague who is named for a narrowed case, or kept out of it: a relative, a conflict."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="access")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    is_kept_out = models.BooleanField()
    added_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at__isnull=True), name="colleague_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"access {self.pk}"
