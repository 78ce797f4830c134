"""What an incident costs, as an organisation took it from a source, and confidential counts of past years."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class IncidentCost(models.Model):
    """The cost of one incident, in whole pounds of a year's prices, from the least to the most.

    A new row takes the place of the one before; what a figure was reckoned with stays to be read.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    least_pounds = models.PositiveIntegerField()
    most_pounds = models.PositiveIntegerField()
    price_year = models.PositiveSmallIntegerField(help_text="Of which year's prices.")
    source = models.CharField(max_length=300, help_text="Who published it, where and when.")
    covers = models.CharField(max_length=300, help_text="What is in it, and what is not.")
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-set_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-set_at"], name="cost_by_organisation")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(least_pounds__gte=1, most_pounds__gte=F("least_pounds")),
                name="cost_is_a_range",
            )
        ]

    def __str__(self) -> str:
        return f"cost {self.pk}"


class KeptYear(models.Model):
    """Counts of what was taken up in confidence in a year that is over, from `start` until before `end`.

    Written once, by whoever first asks, and never again: `counts` by the names of `keeping`. Without a force
    it is of all of them.
    """

    start = models.DateField()
    end = models.DateField()
    force = models.ForeignKey("accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["start", "end", "force"], nulls_distinct=False, name="year_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m}"
