"""Who held a referral, from when to when: written at each change, never worked out afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from partners.enums import HoldsBecause
from partners.models.referrals import Referral


class Holding(models.Model):
    """One organisation held one referral. A row that is written is only ever given its end."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="holdings")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.CharField(max_length=10, choices=HoldsBecause)
    held_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["held_from", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(held_until__isnull=True), name="referral_is_held_by_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} held by {self.organisation_id}"
