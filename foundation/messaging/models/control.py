"""What holds messages back: suppressions, the kill switch, rates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.messaging.enums import Channel, SuppressionCause

EVERYTHING = "*"
HOUR = 3600
DAY = 24 * HOUR


class Suppression(models.Model):
    """That one service must not write to one address, and until when it must not."""

    service = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=Channel)
    to_key = models.CharField(max_length=64)
    cause = models.CharField(max_length=10, choices=SuppressionCause)
    started_at = models.DateTimeField()
    started_by_id = models.BigIntegerField(null=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service", "channel", "to_key"],
                condition=Q(lifted_at__isnull=True),
                name="suppression_once_while_it_lasts",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("started_at")),
                name="suppression_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk} for {self.service}"


class Switch(models.Model):
    """The kill switch of one service or, as `*`, of everything. No row means: running."""

    service = models.CharField(max_length=30, unique=True)
    is_stopped = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.service}: {'stopped' if self.is_stopped else 'running'}"


class RateLimit(models.Model):
    """At most `count` messages of a service for one organisation within `seconds`; the rest wait."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=30)
    count = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "service"], name="rate_once_a_service"),
            models.CheckConstraint(condition=Q(count__gt=0, seconds__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        within = {HOUR: "hour", DAY: "day"}.get(self.seconds, f"{self.seconds} seconds")
        return f"{self.count} within any {within}"
