"""Frozen reports: what was told, to the digit, by which definitions and which code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from reports.references import snapshot_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Snapshot(models.Model):
    """One report as its maker was told it. Never changed, but that it may be said where it was published.

    `content` is every fact, line, table and chart; `digest` is the SHA-256 of it in one fixed spelling.
    `organisation` is whose people read it: another's would be told other numbers.
    """

    reference = models.CharField(max_length=16, unique=True, default=snapshot_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    query = models.JSONField(help_text="What was asked for: codes of force, area and period.")
    definitions = models.JSONField(help_text="Figure to the version of its definition.")
    code_version = models.CharField(max_length=16)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_in = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-made_at"], name="snapshot_by_organisation")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(published_in="", published_on__isnull=True, published_by__isnull=True)
                | ~Q(published_in="") & Q(published_on__isnull=False, published_by__isnull=False),
                name="published_snapshot_says_where_and_when",
            )
        ]

    def __str__(self) -> str:
        return self.reference
