"""The prevention interview, once called safe and well check (domain.md section 1)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from missingcases.enums import DiscloseLocation, Harm, InterviewMode, Known
from missingcases.models.incidents import Incident


class PreventionInterview(models.Model):
    """Held with every returner; the case closes after it. One stands for an incident at a time."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="interviews")
    held_at = models.DateTimeField()
    officer = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=InterviewMode)
    seen_in_person = models.BooleanField()
    reason_missing = models.TextField()
    where_and_with_whom = models.TextField(blank=True)
    harm = ArrayField(models.CharField(max_length=24, choices=Harm), default=list)
    offences = models.TextField(blank=True)
    offences_disclosed = models.CharField(max_length=10, choices=Known, default=Known.NOT_KNOWN)
    safeguarding = models.TextField(blank=True)
    referrals = models.TextField(blank=True)
    disclose_location = models.CharField(max_length=30, choices=DiscloseLocation)
    non_disclosure_request = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(superseded_at__isnull=True), name="interview_stands_once"
            ),
            models.CheckConstraint(condition=~Q(harm=[]), name="interview_answers_harm"),
        ]

    def __str__(self) -> str:
        return f"prevention interview {self.pk}"
