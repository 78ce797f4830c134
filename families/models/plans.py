"""Follow-ups, signposts of the law, referrals to a counsellor, and the words we explain things with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from families.enums import CounsellingStatus, FollowUpStatus
from families.models.cases import SupportCase
from families.models.members import FamilyMember
from foundation.fields import EncryptedTextField

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class FollowUp(models.Model):
    """One contact that is planned with one member; `step` names it in the plan, such as ``28_days``."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="follow_ups")
    member = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="follow_ups")
    step = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=7, choices=FollowUpStatus, default=FollowUpStatus.PLANNED)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(status="planned"), name="families_follow_ups_due")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "step"], name="follow_up_step_once"),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class Signpost(models.Model):
    """That something of the law becomes possible for the family, when, and whether they were told."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="signposts")
    key = models.CharField(max_length=40)
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "key"], name="signpost_once"),
        ]

    def __str__(self) -> str:
        return f"signpost {self.pk}"


class CounsellingReferral(models.Model):
    """One referral to a counsellor, with the member's agreement, and what came of it."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="counselling")
    member = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="counselling")
    to = EncryptedTextField("who they were referred to")
    agreed = EncryptedTextField("what they agreed to pass on")
    referred_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=CounsellingStatus, default=CounsellingStatus.REFERRED)
    outcome = EncryptedTextField("what came of it", blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-referred_at", "-pk"]

    def __str__(self) -> str:
        return f"counselling {self.pk}"


class Guidance(models.Model):
    """Words that workers explain things with, such as what the police do; kept by the duty manager."""

    charity = models.ForeignKey(_ORGANISATION, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    text = models.TextField()
    is_active = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "guidance"
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return f"guidance {self.pk}"
