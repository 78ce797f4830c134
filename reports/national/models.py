"""What the national return needs and no record here holds: how many calls a force took."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from reports.national.references import return_reference


class CallsTaken(models.Model):
    """Calls about missing people that a force took in a year from April, as it counted them elsewhere.

    A new row takes the place of the one before; what was returned with it stays to be read.
    """

    force = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="The year whose April begins it.")
    calls = models.PositiveIntegerField()
    source = models.CharField(max_length=200, help_text="From which system, by which rule.")
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-entered_at", "-pk"]
        verbose_name_plural = "calls taken"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["force", "year", "-entered_at"], name="calls_by_force")
        ]

    def __str__(self) -> str:
        return f"calls {self.pk}"


class SubmittedReturn(models.Model):
    """A return as it was sent, to the digit. Never changed: a later one stands beside it.

    `content` holds the three totals and every table, `digest` the SHA-256 of it in one fixed spelling;
    `code_version` says by which code it was counted.
    """

    reference = models.CharField(max_length=16, unique=True, default=return_reference)
    force = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text="The year whose April begins it.")
    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    code_version = models.CharField(max_length=16)

    class Meta:
        ordering: ClassVar[list[str]] = ["-submitted_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["force", "year", "-submitted_at"], name="return_by_force")
        ]

    def __str__(self) -> str:
        return self.reference
