"""Backups that were made, the hold a restored system comes up under, and what the ledger must be told."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from foundation.backups.enums import Step


class Backup(models.Model):
    """A backup that was written, read back and found whole. Its file lies wherever it was told to."""

    made_at = models.DateTimeField()
    name = models.CharField(max_length=120, help_text="The file's name, without its folder.")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    audit_head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Hold(models.Model):
    """That this database was restored, and what has been done since about what it does not know."""

    backup_made_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    # The ledger kept outside the database: done when every line was read and applied or has no record here.
    reapplied_at = models.DateTimeField(null=True)
    applied = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0, help_text="About records younger than the backup.")
    unreadable = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    # The provider's own list of what was sent.
    reconciled_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)
    unclear = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"restored {self.restored_at:%Y-%m-%d %H:%M}"


class HoldStep(models.Model):
    """One thing held. One person asks for its release, another confirms it."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Step)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    released_by_id = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["hold", "step"], name="hold_step_once"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(asked_by_id__isnull=False, released_by_id__isnull=False)
                & ~Q(released_by_id=F("asked_by_id")),
                name="hold_step_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {'released' if self.released_at else 'held'}"


class Timeline(models.Model):
    """Which timeline Postgres was on when the product last looked; a roll forward begins a new one."""

    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"timeline {self.number}"


class LedgerLine(models.Model):
    """One line for the ledger outside the database, written with what it tells of and copied out at once.

    `key` is in both: a restored database knows by it which lines of the ledger it has not heard of.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    ids = models.JSONField(help_text="Ids, codes and keyed hashes; nothing a person could be known by.")
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(written_at__isnull=True), name="ledger_unwritten"),
            models.Index(fields=["at"], name="ledger_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
