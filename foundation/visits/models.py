"""Visits by somebody alone: planned, begun, ended; and the alarm where one is not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.visits.deadlines import CALL_AFTER_MINUTES, LONGEST_MINUTES, SHORTEST_MINUTES
from foundation.visits.enums import ON_THE_WAY, VisitMarker, VisitStatus

_USER = "accounts.User"


class LoneVisit(models.Model):
    """One visit. `alarm_at` is when somebody is called next: stored, so that lateness is a query.

    A visit that called keeps waiting for a person's words (`resolved_at`), also where the worker ended it.
    A service adds its `reference` and what the visit belongs to.
    """

    reference: Any
    worker = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)
    place = EncryptedTextField()
    with_whom = EncryptedTextField()
    markers = ArrayField(models.CharField(max_length=12, choices=VisitMarker), default=list, blank=True)
    safety_note = EncryptedTextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=VisitStatus, default=VisitStatus.PLANNED)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_out_at = models.DateTimeField(null=True, blank=True)
    alarm_at = models.DateTimeField(null=True, blank=True)
    called = models.PositiveSmallIntegerField(default=0, help_text="How often somebody was called.")
    resolved_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = EncryptedTextField(blank=True, help_text="What was found out and done.")
    form_token = models.UUIDField(unique=True, help_text="One filled-in form is one visit.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-starts_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["alarm_at"], condition=Q(alarm_at__isnull=False), name="%(app_label)s_visit_alarm"
            ),
            models.Index(
                fields=["worker", "starts_at"],
                condition=Q(status__in=sorted(ON_THE_WAY)),
                name="%(app_label)s_visit_by_worker",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(app_label)s_visit_has_a_length"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(ON_THE_WAY)) | Q(alarm_at__isnull=False),
                name="%(app_label)s_visit_on_the_way_has_its_alarm",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_by__isnull=False),
                name="%(app_label)s_resolved_visit_names_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class VisitRuleBase(models.Model):
    """A body's duty telephone, and how soon a visit that does not end calls. Else the defaults hold."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    duty_phone = EncryptedTextField(blank=True)
    call_after_minutes = models.PositiveSmallIntegerField(
        default=CALL_AFTER_MINUTES,
        validators=[MinValueValidator(SHORTEST_MINUTES), MaxValueValidator(LONGEST_MINUTES)],
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"visits of {self.organisation_id}"  # type: ignore[attr-defined]
