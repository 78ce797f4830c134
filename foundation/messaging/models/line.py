"""The lines that broadcasts leave by: each a sender at a provider, with a pace of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.messaging.enums import Channel


class Line(models.Model):
    """One way out for broadcasts of a channel. Several are used side by side; one that fails rests.

    `next_free_at` is the first moment that nobody has reserved yet: whoever sends takes the moments after it.
    """

    name = models.CharField(max_length=40, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    provider = models.CharField(max_length=40, blank=True, help_text="Empty: the channel's own gateway.")
    sender = models.CharField(max_length=40, blank=True, help_text="Empty: the sender of these settings.")
    per_second = models.PositiveIntegerField(help_text="Agreed with the provider.")
    kept_back = models.PositiveIntegerField(default=0, help_text="A second, for messages to one person.")
    is_on = models.BooleanField(default=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    next_free_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(per_second__gt=F("kept_back")), name="line_leaves_something")
        ]

    def __str__(self) -> str:
        return self.name
