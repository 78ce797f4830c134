"""Pictures that were taken away after they had been chosen: shown nowhere from that commit on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from alerts.enums import PictureFault
from alerts.models.alerts import ChildRescueAlert
from foundation.fields import EncryptedTextField


class PictureRemoval(models.Model):
    """That one picture of an alert was taken away, by whom and why. What is public asks for it at each read.

    A picture is known by where it is stored, as versions that keep it share that.
    """

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="removals")
    stored_name = models.CharField(max_length=80)
    fault = models.CharField(max_length=12, choices=PictureFault)
    reason = EncryptedTextField(blank=True)
    by = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="None where the record of the photo refuses it.",
    )
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "stored_name"], name="alert_picture_removed_once")
        ]

    def __str__(self) -> str:
        return f"removal {self.pk}"
