"""Risk flags: they belong to the person; the incident keeps a snapshot (domain.md section 2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from missingcases.enums import FlagKind, FlagStatus, Sensitivity
from missingcases.models.incidents import Incident
from missingcases.models.people import MissingPerson


class Flag(models.Model):
    """One kind of flag on one person as it stands now; its changes are in `FlagChange`."""

    person = models.ForeignKey(MissingPerson, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=24, choices=FlagKind)
    status = models.CharField(max_length=12, choices=FlagStatus)
    source = models.CharField(max_length=200)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, default=Sensitivity.STANDARD)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    review_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "kind"], name="flag_once_a_person")
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"


class FlagChange(models.Model):
    """The history of a flag: append-only by habit of the services."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(max_length=12, choices=FlagStatus)
    source = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"flag change {self.pk}"


class FlagSnapshot(models.Model):
    """A flag as it stood on this incident; it follows the flag until the incident has ended, then stays."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="flag_snapshots")
    kind = models.CharField(max_length=24, choices=FlagKind)
    status = models.CharField(max_length=12, choices=FlagStatus)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, default=Sensitivity.STANDARD)
    taken_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "kind"], name="flag_snapshot_once")
        ]

    def __str__(self) -> str:
        return f"flag snapshot {self.pk}"
