"""What is kept of an interview. Answers are a row a question, so that what is typed is saved one by one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from rhi.interviews.enums import (
    AgeBand,
    Ground,
    InterviewStatus,
    OutcomeKind,
    OutcomeStatus,
    PhoneEnd,
)

_USER = "accounts.User"


def interview_reference() -> str:
    """A new interview's reference."""
    return new_reference("IV")


def outcome_reference() -> str:
    """A new outcome's reference."""
    return new_reference("IO")


class Theme(models.Model):
    """One of the words by which figures are made. It is retired, never deleted: old codings keep it."""

    code = models.SlugField(max_length=40, unique=True)
    section = models.CharField(max_length=12)
    label = models.CharField(max_length=80)
    since = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["section", "label"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["section", "label"], name="theme_stands_once_a_section"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("since")),
                name="theme_retired_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Interview(models.Model):
    """One talk with one child after one return. Who may write it is the referral's interviewer."""

    reference = models.CharField(max_length=16, unique=True, default=interview_reference)
    referral = models.OneToOneField("rhi.Referral", on_delete=models.CASCADE, related_name="interview")
    form_version = models.PositiveSmallIntegerField()
    age_band = models.CharField(max_length=10, choices=AgeBand)
    status = models.CharField(max_length=10, choices=InterviewStatus, default=InterviewStatus.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    limits_explained_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status=InterviewStatus.DRAFT)
                | Q(completed_at__isnull=False, held_at__isnull=False),
                name="completed_interview_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(status=InterviewStatus.APPROVED) | ~Q(approved_by=F("completed_by")),
                name="interview_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """What was written under one question. `change` is the phone's number of the save that wrote it."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    choice = models.CharField(max_length=12, blank=True)
    words = EncryptedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    change = models.UUIDField(null=True, blank=True)
    written_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["interview", "question"], name="question_is_answered_once"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Coding(models.Model):
    """That a theme was heard in an interview. Figures read these and no words."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["interview", "theme"], name="theme_coded_once_an_interview"),
        ]

    def __str__(self) -> str:
        return f"coding {self.pk}"


class Outcome(models.Model):
    """What the interviewer decided is to come of it. Its words are chosen for whoever acts on them."""

    reference = models.CharField(max_length=16, unique=True, default=outcome_reference)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=20, choices=OutcomeKind)
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    words = EncryptedTextField(blank=True)
    status = models.CharField(max_length=10, choices=OutcomeStatus)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    done_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    result = EncryptedTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status=OutcomeStatus.DONE) | Q(done_at__isnull=False),
                name="done_outcome_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PhoneCopy(models.Model):
    """An interview on a phone. The token lets the phone ask whether it still stands, and no more."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="phone_copies")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=PhoneEnd, blank=True)

    class Meta:
        verbose_name_plural = "phone copies"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user"], condition=Q(ended_at__isnull=True), name="phone_copies_out"),
        ]

    def __str__(self) -> str:
        return f"phone copy {self.pk}"
