"""Risk assessments with their history, and the review clocks that follow from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from missingcases.enums import AppliesTo, IncidentStatus, Known, ReviewKind, RiskLevel, Scheme
from missingcases.models.incidents import Incident
from missingcases.risk_questions import QUESTIONS
from missingcases.schemes import risk_label


class RiskAssessment(models.Model):
    """One entry of the history: the level, the information, who gave it and when (domain.md 1, [18])."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="assessments")
    scheme = models.CharField(max_length=12, choices=Scheme)
    category = models.CharField(max_length=16, choices=IncidentStatus)
    level = models.CharField(max_length=12, choices=RiskLevel)
    previous_level = models.CharField(max_length=12, choices=RiskLevel, blank=True)
    information = models.TextField()
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    rationale = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    assessed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-assessed_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-assessed_at"], name="assessment_by_incident")
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"

    @property
    def level_words(self) -> str:
        """What the scheme of its time called the level."""
        return risk_label(self.scheme, self.level)

    @property
    def answers_words(self) -> list[tuple[str, str]]:
        """Each question that was answered, and the answer."""
        return [
            (question, str(Known(self.answers[code]).label))
            for code, question in QUESTIONS.items()
            if code in self.answers
        ]


class ReviewRule(models.Model):
    """One line of the review table of domain.md section 1 (P): what is due how long after grading."""

    level = models.CharField(max_length=12, choices=RiskLevel)
    applies_to = models.CharField(max_length=8, choices=AppliesTo, default=AppliesTo.ANYONE)
    kind = models.CharField(max_length=14, choices=ReviewKind)
    first_after_minutes = models.PositiveIntegerField()
    then_every_minutes = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["level", "applies_to", "kind"], name="review_rule_once"),
            models.CheckConstraint(condition=Q(first_after_minutes__gte=1), name="review_rule_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.get_kind_display()}"


class ReviewClock(models.Model):
    """One review that is due. Due times are stored; lateness is a query, never a counter."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=14, choices=ReviewKind)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    findings = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="The incident ended or was regraded.")
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, stopped_at__isnull=True),
                name="clock_running_by_due",
            ),
            models.Index(fields=["incident", "due_at"], name="clock_by_incident"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident", "kind"],
                condition=Q(done_at__isnull=True, stopped_at__isnull=True),
                name="clock_runs_once_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(stopped_at__isnull=True),
                name="clock_is_done_or_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.incident_id}"
