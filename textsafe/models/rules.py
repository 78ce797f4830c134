"""Wordings, and each force's policy of automatic texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from textsafe.enums import AgeGroup, Language, WordingStatus
from textsafe.references import wording_reference

_USER = "accounts.User"


class Wording(models.Model):
    """One version of the text for an age group in a language. The same text goes to everybody."""

    reference = models.CharField(max_length=16, unique=True, default=wording_reference)
    age_group = models.CharField(max_length=5, choices=AgeGroup)
    language = models.CharField(max_length=2, choices=Language)
    number = models.PositiveIntegerField(help_text="Version, from 1, within age group and language.")
    text = models.CharField(max_length=320)
    status = models.CharField(max_length=8, choices=WordingStatus, default=WordingStatus.DRAFT)
    drafted_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["age_group", "language", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["age_group", "language", "number"], name="wording_version_once"),
            models.UniqueConstraint(
                fields=["age_group", "language"], condition=Q(status="active"), name="one_wording_in_use"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(approved_by=F("drafted_by")),
                name="wording_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AutomationPolicy(models.Model):
    """Whether and how a force's missing and absent people get a text without an officer asking."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=False)
    delay_minutes = models.PositiveIntegerField(default=60, help_text="After the report; never under 60.")
    for_missing = models.BooleanField(default=True)
    for_absent = models.BooleanField(default=True)
    daily_cap = models.PositiveIntegerField(default=50, help_text="Automatic texts a day, London time.")
    rules_screen_officers = models.BooleanField(
        default=False, help_text="An officer's request that no rule holds back goes without a screener."
    )
    changed_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "automation policies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(delay_minutes__gte=60), name="automation_waits_an_hour"),
            models.CheckConstraint(condition=Q(daily_cap__lte=1000), name="automation_cap_is_sane"),
        ]

    def __str__(self) -> str:
        return f"policy of organisation {self.organisation_id}"
