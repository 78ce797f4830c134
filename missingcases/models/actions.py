"""Actions that triggers raise, and the table of triggers that an administrator edits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from missingcases.enums import (
    ActionKind,
    ActionOwner,
    ActionStatus,
    AppliesTo,
    FlagKind,
    RiskLevel,
    Trigger,
)
from missingcases.models.incidents import Incident
from missingcases.references import action_reference

_USER = "accounts.User"


class ActionRule(models.Model):
    """One trigger of domain.md section 2 and the action it raises."""

    trigger = models.CharField(max_length=14, choices=Trigger)
    applies_to = models.CharField(max_length=8, choices=AppliesTo, default=AppliesTo.ANYONE)
    incidents = models.PositiveSmallIntegerField(null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    over_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    flag_kind = models.CharField(max_length=24, choices=FlagKind, blank=True)
    risk_level = models.CharField(max_length=12, choices=RiskLevel, blank=True)
    action_kind = models.CharField(max_length=24, choices=ActionKind)
    action_owner = models.CharField(max_length=20, choices=ActionOwner, default=ActionOwner.OWNER_FORCE)
    step = models.PositiveSmallIntegerField(default=1, help_text="Order among the actions of one trigger.")
    due_within_hours = models.PositiveSmallIntegerField(default=24)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["trigger", "flag_kind", "step", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    trigger=Trigger.REPEAT_COUNT,
                    incidents__gte=2,
                    within_days__gte=1,
                    over_hours__isnull=True,
                    flag_kind="",
                    risk_level="",
                )
                | Q(
                    trigger__in=[Trigger.LONG_ABSENCE, Trigger.ABSENT_LIMIT],
                    over_hours__gte=1,
                    incidents__isnull=True,
                    within_days__isnull=True,
                    flag_kind="",
                    risk_level="",
                )
                | Q(
                    Q(trigger=Trigger.FLAG) & ~Q(flag_kind=""),
                    incidents__isnull=True,
                    within_days__isnull=True,
                    over_hours__isnull=True,
                    risk_level="",
                )
                | Q(
                    Q(trigger=Trigger.RISK) & ~Q(risk_level=""),
                    incidents__isnull=True,
                    within_days__isnull=True,
                    over_hours__isnull=True,
                    flag_kind="",
                ),
                name="action_rule_has_its_threshold",
            )
        ]

    def __str__(self) -> str:
        return f"rule {self.pk}"


class Action(models.Model):
    """Something one organisation must do by a time; unanswered, it escalates."""

    reference = models.CharField(max_length=16, unique=True, default=action_reference)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=24, choices=ActionKind)
    trigger = models.CharField(max_length=14, choices=Trigger, blank=True)
    rule = models.ForeignKey(ActionRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=ActionStatus, default=ActionStatus.OPEN)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    subject_label = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "due_at"], condition=Q(status="open"), name="action_open_by_owner"),
            models.Index(fields=["incident", "due_at"], name="action_by_incident"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident", "kind", "rule"],
                condition=Q(status="open", rule__isnull=False),
                name="action_once_a_rule_while_open",
            ),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.OPEN, done_at__isnull=True)
                | (~Q(status=ActionStatus.OPEN) & Q(done_at__isnull=False)),
                name="action_done_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
