"""The directory: what each partner organisation takes, where, when, and how it is reached."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from foundation.places.models import Area
from partners.deadlines import ESCALATE_AFTER_HOURS, REMIND_AFTER_HOURS, RETURN_AFTER_HOURS
from partners.enums import Takes, WorksBy
from partners.references import profile_reference


class Profile(models.Model):
    """One partner organisation, as whoever refers somebody reads it.

    `areas` are those it serves, with all that lies in them; none named: everywhere. The three times count
    in hours from when a referral was sent. Contact details are of an organisation, not of a private person.
    """

    reference = models.CharField(max_length=16, unique=True, default=profile_reference)
    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    takes = ArrayField(models.CharField(max_length=24, choices=Takes))
    areas: models.ManyToManyField[Area, models.Model] = models.ManyToManyField(
        "places.Area", related_name="+", blank=True
    )
    hours = models.CharField(max_length=200, blank=True, help_text="Opening hours in words.")
    contact_name = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True, help_text="Where referrals and codes are sent.")
    works_by = models.CharField(max_length=8, choices=WorksBy, default=WorksBy.LINK)
    remind_after = models.PositiveSmallIntegerField(default=REMIND_AFTER_HOURS)
    escalate_after = models.PositiveSmallIntegerField(default=ESCALATE_AFTER_HOURS)
    return_after = models.PositiveSmallIntegerField(default=RETURN_AFTER_HOURS)
    is_active = models.BooleanField(default=True)
    notes = models.TextField(blank=True, help_text="What whoever refers somebody should know of it.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organisation__name", "pk"]
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["takes"], name="partners_profile_takes")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(remind_after__lt=F("escalate_after"), escalate_after__lt=F("return_after")),
                name="partner_reminds_then_escalates_then_returns",
            ),
            models.CheckConstraint(
                condition=Q(works_by=WorksBy.API) | Q(is_active=False) | ~Q(email=""),
                name="partner_has_its_address",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class OpeningTime(models.Model):
    """A partner is open on this day of the week (Monday is 0) from then to then, London time."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="opening_times")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="partner_opens_on_a_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="partner_closes_after_it_opens"),
            models.UniqueConstraint(fields=["profile", "weekday", "opens"], name="partner_opening_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}"
