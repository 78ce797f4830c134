"""Pairs of records of one organisation that may be one person, and what was decided of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class PairStatus(models.TextChoices):
    """What was decided of a pair."""

    TO_DECIDE = "to_decide", "To decide"
    PUT_OFF = "put_off", "Put off"
    NOT_THE_SAME = "not_the_same", "Not the same person"
    MERGED = "merged", "Merged"


# Nobody has said yet whether it is one person.
UNDECIDED = frozenset({PairStatus.TO_DECIDE, PairStatus.PUT_OFF})


class LikelyPair(models.Model):
    """Two people of one organisation, the earlier record first. "Not the same" stands for good.

    `score` is the odds that they are one person in bits: 0 is even, each one more doubles them.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("missingcases.MissingPerson", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("missingcases.MissingPerson", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=30), help_text="Codes of `scoring.Reason`.")
    status = models.CharField(max_length=12, choices=PairStatus, default=PairStatus.TO_DECIDE)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="likely_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likely_pair_in_order"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organisation", "-score", "-id"],
                condition=Q(status="to_decide"),
                name="likely_pair_to_decide",
            ),
            models.Index(
                fields=["organisation", "-score", "-id"],
                condition=Q(status="put_off"),
                name="likely_pair_put_off",
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"
