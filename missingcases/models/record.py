"""The long tail of the record: one row a section, its fields declared in `missingcases.record`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from missingcases.models.incidents import Incident


class RecordSection(models.Model):
    """The answers of one section as JSON, validated against its declaration on every write."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="sections")
    section = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "section"], name="section_once_an_incident")
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.incident_id}"
