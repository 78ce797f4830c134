"""One import and what was wrong in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.references import new_reference


def batch_reference() -> str:
    """A new import's reference."""
    return new_reference("IM")


class BatchStatus(models.TextChoices):
    """Where an import stands."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be read"


class ImportBatch(models.Model):
    """One file brought in. `position` is the line reached; it commits with the rows themselves."""

    reference = models.CharField(max_length=16, unique=True, default=batch_reference)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, help_text="Path below MEDIA_ROOT; never served.")
    kind = models.CharField(max_length=5, choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("jsonl", "JSON Lines")])
    is_dry_run = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=BatchStatus, default=BatchStatus.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True, help_text="Rows in the file, once counted.")
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="Open incidents that start nothing yet.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started = models.PositiveIntegerField(default=0, help_text="Open incidents started since confirmed.")
    starts_done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "import"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["updated_at"],
                condition=Q(status__in=["waiting", "running"]),
                name="import_unfinished",
            ),
            models.Index(
                fields=["updated_at"],
                condition=Q(confirmed_at__isnull=False, starts_done_at__isnull=True),
                name="import_starts_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_starting(self) -> bool:
        """Whether a worker is still starting what was confirmed."""
        return self.confirmed_at is not None and self.starts_done_at is None

    @property
    def seen(self) -> int:
        """Rows looked at so far."""
        return self.created + self.unchanged + self.bad


class BadRow(models.Model):
    """One thing wrong with one row. The row's own words stay in the file, not here."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="bad_rows")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "line", "column", "reason"], name="bad_row_once")
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.batch_id}"
