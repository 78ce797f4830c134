"""What went out: each issue, update and cancel, frozen as it was sent."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alerts.enums import AudienceChannel, Language, NoticeKind
from alerts.models.alerts import ChildRescueAlert
from alerts.models.content import AlertContent

_USER = "accounts.User"


class Notice(models.Model):
    """One issue, update or cancel. Never changed; `area_ids` are the nodes it was aimed at."""

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=NoticeKind)
    content = models.ForeignKey(AlertContent, on_delete=models.PROTECT, related_name="notices")
    area_ids = ArrayField(models.BigIntegerField(), default=list)
    identifier = models.CharField(max_length=40, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="None where it ended by itself.",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "number"], name="notice_once_a_number"),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(kind=NoticeKind.ALERT), name="alert_issued_once"
            ),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(kind=NoticeKind.CANCEL), name="alert_cancelled_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.CANCEL) | Q(expires_at__gt=F("sent_at")),
                name="notice_lasts_for_a_while",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class NoticeRun(models.Model):
    """The broadcast by which one notice goes out on one channel in one language."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="runs")
    channel = models.CharField(max_length=8, choices=AudienceChannel)
    language = models.CharField(max_length=2, choices=Language)
    broadcast_id = models.BigIntegerField(unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "channel", "language"], name="notice_run_once")
        ]

    def __str__(self) -> str:
        return f"broadcast {self.broadcast_id} of notice {self.notice_id}"
