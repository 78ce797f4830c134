"""Analyses. What was worked out is written once: what was published is told again to the digit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reports.before_after.enums import UNDER_WAY, Against, AnalysisStatus
from reports.before_after.references import analysis_reference

_ORGANISATION = "accounts.Organisation"


class Analysis(models.Model):
    """One question, and what the records answered on that day. Figures alone: of nobody by name or key.

    Days are London's, `ends_on` exclusive. `result` holds what `results.Result` says, unrounded, once it is
    done; `method` is the number of the method it was made by (`results.METHOD`), `made_at` when the records
    were read. `attempts` counts how often a worker began since somebody asked.
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
    status = models.CharField(max_length=8, choices=AnalysisStatus, default=AnalysisStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    result = models.JSONField(null=True, blank=True)
    method = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        verbose_name_plural = "analyses"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-asked_at"], name="analysis_by_organisation"),
            models.Index(
                fields=["asked_at"], condition=Q(status__in=sorted(UNDER_WAY)), name="analysis_under_way"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="analysis_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status="done", result__isnull=False, method__isnull=False, made_at__isnull=False)
                | ~Q(status="done") & Q(result__isnull=True, method__isnull=True, made_at__isnull=True),
                name="analysis_says_what_it_found_once_done",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_under_way(self) -> bool:
        """Whether it moves on by itself."""
        return self.status in UNDER_WAY
