"""Analyses as they were made. A row is written once: what was published is told again to the digit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from reports.before_after.enums import Against
from reports.before_after.references import analysis_reference

_ORGANISATION = "accounts.Organisation"


class Analysis(models.Model):
    """One question, and what the records answered on that day. Figures alone: of nobody by name or key.

    Days are London's, `ends_on` exclusive. `result` holds what `results.Result` says, unrounded;
    `method` is the number of the method it was made by (`results.METHOD`).
    """

    reference = models.CharField(max_length=16, unique=True, default=analysis_reference)
    organisation = models.ForeignKey(
        _ORGANISATION, on_delete=models.PROTECT, related_name="+", help_text="Who asked, and reads it."
    )
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whose returns; none for every force.",
    )  # fmt: skip
    starts_on = models.DateField()
    ends_on = models.DateField()
    against = models.CharField(max_length=10, choices=Against)
    result = models.JSONField()
    method = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        verbose_name_plural = "analyses"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-made_at"], name="analysis_by_organisation")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="analysis_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.reference
