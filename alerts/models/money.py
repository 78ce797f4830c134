"""What alerts cost, and the calls they brought: prices as data, what was sent as it was priced then."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alerts.enums import AudienceChannel
from alerts.models.alerts import ChildRescueAlert
from alerts.models.notices import NoticeRun

_USER = "accounts.User"


def _who() -> models.ForeignKey[object, object]:
    return models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")


class ChannelPrice(models.Model):
    """What the provider asks for one part of a text, or one message, in pence; as its contract says."""

    channel = models.CharField(max_length=8, choices=AudienceChannel, unique=True)
    pence = models.DecimalField(max_digits=9, decimal_places=4)
    set_by = _who()
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["channel"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pence__gte=Decimal(0)), name="price_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"price of {self.channel}"


class CostCeiling(models.Model):
    """What one notice may cost, in pence, before somebody beside the issuer has to agree. One row or none."""

    is_only = models.BooleanField(default=True, unique=True, editable=False)
    pence = models.DecimalField(max_digits=12, decimal_places=2)
    set_by = _who()
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(is_only=True), name="ceiling_is_one"),
            models.CheckConstraint(condition=Q(pence__gte=Decimal(0)), name="ceiling_is_not_negative"),
        ]

    def __str__(self) -> str:
        return "ceiling"


class CostApproval(models.Model):
    """That somebody of the charity agreed to spend up to so much on one notice. Never changed."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="cost_approvals")
    pence = models.DecimalField(max_digits=12, decimal_places=2)
    by = _who()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pence__gt=Decimal(0)), name="approval_is_of_something")
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}"


class RunCost(models.Model):
    """What one run was reckoned to cost when it began: its price stays though the contract changes."""

    run = models.OneToOneField(NoticeRun, on_delete=models.CASCADE, related_name="cost")
    recipients = models.PositiveBigIntegerField(help_text="Counted when it began; who left since gets none.")
    segments = models.PositiveSmallIntegerField()
    pence_each = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(segments__gte=1), name="run_has_a_part")
        ]

    def __str__(self) -> str:
        return f"cost of run {self.run_id}"


class CallVolume(models.Model):
    """How many calls the force took in one hour because of an alert, as the force counted them."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="call_volumes")
    hour = models.DateTimeField(help_text="When the hour began.")
    calls = models.PositiveIntegerField()
    entered_by = _who()
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["hour"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "hour"], name="call_volume_once_an_hour")
        ]

    def __str__(self) -> str:
        return f"calls {self.pk}"
