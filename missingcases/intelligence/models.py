"""Intelligence reports: graded lines for a force, with what must never leave the charity beside them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.intelligence.enums import (
    WITH_FORCE,
    Handling,
    IntelligenceGrade,
    Origin,
    ReportOutcome,
    ReportStatus,
    SourceGrade,
    Topic,
    Urgency,
)

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
_INCIDENT = "missingcases.Incident"
_S = ReportStatus
_DECIDED = (_S.APPROVED, *WITH_FORCE)


def report_reference() -> str:
    """A new report's reference."""
    return new_reference("IR")


class Source(models.Model):
    """One source of one organisation under a code, so that its reports can be compared without a name.

    `digest` is a keyed digest of the record the source is known by; empty for one that staff met.
    """

    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "code"], name="source_has_its_own_code"),
            models.UniqueConstraint(
                fields=["organisation", "digest"], condition=~Q(digest=""), name="source_has_one_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Report(models.Model):
    """One 3x5x2 report. The force sees its release: sanitised lines, gradings, the source's code, handling.

    `origin_label` and `origin_id` name the record it was raised from; who that is stays with the author's
    organisation. `word_keys` are keyed numbers of the sanitised words, which are kept encrypted.
    """

    reference = models.CharField(max_length=16, unique=True, default=report_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    incident = models.ForeignKey(_INCIDENT, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12, choices=ReportStatus, default=ReportStatus.DRAFT)
    topic = models.CharField("about", max_length=12, choices=Topic)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    obtained_at = models.DateTimeField("when it was told")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.STAFF)
    origin_label = models.CharField(max_length=60, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    instructions = EncryptedTextField("handling instructions", blank=True)
    review_on = models.DateField()
    word_keys = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_reason = EncryptedTextField("why it came back", blank=True)
    release = models.OneToOneField(
        "missingcases.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=ReportOutcome, blank=True)
    outcome_words = EncryptedTextField("what came of it", blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    # When somebody is next to be written to because it waits at the force; none once they have been.
    call_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "status", "-id"], name="intelligence_by_author"),
            models.Index(fields=["force", "status", "-id"], name="intelligence_by_force"),
            models.Index(fields=["origin_label", "origin_id"], name="intelligence_by_origin"),
            models.Index(fields=["call_at"], condition=Q(call_at__isnull=False), name="intelligence_to_call"),
            GinIndex(fields=["word_keys"], name="intelligence_by_words"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status__in=_DECIDED) | Q(approved_at__isnull=False, force__isnull=False),
                name="approved_report_has_a_force",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(author__isnull=True) | ~Q(approved_by=F("author")),
                name="report_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=WITH_FORCE)
                | Q(release__isnull=False, sent_at__isnull=False, acknowledge_by__isnull=False),
                name="sent_report_is_a_release",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.OUTCOME) | ~Q(outcome="") & Q(outcome_at__isnull=False),
                name="ended_report_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Line(models.Model):
    """One thing that was told: as it was said, as the force reads it, and its three gradings."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    original = EncryptedTextField("as it was told")
    sanitised = EncryptedTextField("as police read it", blank=True)
    source_grade = models.PositiveSmallIntegerField(choices=SourceGrade, null=True, blank=True)
    intelligence_grade = models.CharField(max_length=1, choices=IntelligenceGrade, blank=True)
    handling = models.CharField(max_length=1, choices=Handling, blank=True)
    conditions = EncryptedTextField("conditions of sharing", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["report_id", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "position"], name="line_has_its_place"),
            models.CheckConstraint(
                condition=~Q(handling=Handling.CONDITIONS) | ~Q(conditions=""), name="conditions_are_said"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.position}"


class Mention(models.Model):
    """A further incident whose person a report is about."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="mentions")
    incident = models.ForeignKey(_INCIDENT, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "incident"], name="incident_mentioned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.incident_id}"
