"""Two records of one person made one, and two that are not."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from foundation.references import new_reference

_PERSON = "missingcases.MissingPerson"
_USER = "accounts.User"


def merge_reference() -> str:
    """A new merge's reference."""
    return new_reference("MG")


class PersonMerge(models.Model):
    """One merge, with what is needed to undo it.

    `moved` lists by ``model.key`` the ids that were pointed at the kept record, `overwritten` by model and
    id the fields that changed as ``[before, after]``, `made` by model the ids of rows that the merge added.
    `left` counts by model, after an undo, what could not be brought back.
    """

    reference = models.CharField(max_length=16, unique=True, default=merge_reference)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="merges_kept")
    gone = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="merges_gone")
    reason = models.TextField()
    moved = models.JSONField(default=dict)
    overwritten = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made = models.JSONField(default=dict)
    left = models.JSONField(default=dict)
    merged_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="person_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_is_of_two"),
        ]

    def __str__(self) -> str:
        return self.reference


class NotTheSame(models.Model):
    """Somebody decided that two records are of two people. It is never forgotten; one row a pair."""

    low = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "pairs that are not the same"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["low", "high"], name="not_the_same_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="not_the_same_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"
