"""What an alert may say: versions of allow-listed fields, never a redaction of the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alerts.enums import Language
from alerts.models.alerts import ChildRescueAlert

_USER = "accounts.User"


class AlertContent(models.Model):
    """One version of what may be said. Never changed: an edit is the next number.

    `polygon` is "lat,lon lat,lon ..." in decimal degrees, closed, as CAP wants it; empty where the areas say
    enough.
    """

    alert = models.ForeignKey(ChildRescueAlert, on_delete=models.CASCADE, related_name="contents")
    number = models.PositiveIntegerField()
    first_name = models.CharField(max_length=60)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    description = models.TextField(blank=True, help_text="What the child looks like.")
    clothing = models.CharField(max_length=300, blank=True)
    last_seen_place = models.CharField(max_length=250, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    suspect = models.TextField(blank=True, help_text="What whoever they may be with looks like.")
    vehicle = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(
        "missingcases.Photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Of the record, of which the picture is a copy; none of a rehearsal.",
    )
    stored_name = models.CharField(max_length=80, blank=True, help_text="Where the picture is stored.")
    content_type = models.CharField(max_length=40, blank=True)
    alt_text = models.CharField(max_length=250, blank=True)
    alt_text_cy = models.CharField(max_length=250, blank=True)
    polygon = models.TextField(blank=True)
    made_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "number"], name="alert_content_once_a_number"),
            models.CheckConstraint(
                condition=Q(stored_name="", content_type="")
                | ~Q(stored_name="") & ~Q(content_type="") & ~Q(alt_text=""),
                name="alert_picture_has_its_alternative",
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__lt=18), name="alert_is_for_a_child"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class AlertWording(models.Model):
    """The words of one version in one language. What sends a text adds the alert's name and how to leave."""

    content = models.ForeignKey(AlertContent, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    headline = models.CharField(max_length=120)
    description = models.TextField()
    instruction = models.TextField()
    sms = models.CharField(max_length=640)

    class Meta:
        ordering: ClassVar[list[str]] = ["-language"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content", "language"], name="alert_wording_once_a_language")
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"
