"""What the public and the outlets tell us. Raw rows come from the public site; a worker reads them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from appeals.enums import Certainty, SightingOutcome, SightingStatus, SubmissionKind, Triage
from appeals.models.appeals import Appeal
from appeals.references import sighting_reference
from foundation.fields import EncryptedTextField

_USER = "accounts.User"


class Submission(models.Model):
    """One form as somebody sent it from the public site: inserted there, read here, emptied once read.

    It holds no address of who sent it. `form_key` makes a form sent twice one submission.
    """

    token = models.CharField(max_length=24, help_text="The address of the appeal it came from.")
    form_key = models.UUIDField(unique=True)
    body = EncryptedTextField()
    photo = models.BinaryField(null=True, blank=True)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["received_at"], condition=Q(processed_at__isnull=True), name="submission_unread"
            )
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Sighting(models.Model):
    """A sighting, or a word from the person themself, on its way to whoever answers it.

    Where `is_anonymous`, no name and no way to reach the reporter is stored (domain.md section 3).
    """

    reference = models.CharField(max_length=16, unique=True, default=sighting_reference)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="sightings")
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SubmissionKind, default=SubmissionKind.SIGHTING)
    status = models.CharField(max_length=16, choices=SightingStatus, default=SightingStatus.RECEIVED)
    triage = models.CharField(max_length=10, choices=Triage, blank=True)
    channel = models.CharField(max_length=12, blank=True, help_text="By which of our channels they saw it.")
    received_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=250, blank=True)
    area = models.ForeignKey("places.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    certainty = models.CharField(max_length=8, choices=Certainty, blank=True)
    description = models.TextField()
    with_whom = models.CharField(max_length=300, blank=True)
    direction = models.CharField(max_length=200, blank=True)
    vehicle = models.CharField(max_length=200, blank=True)
    is_anonymous = models.BooleanField(default=False)
    reporter_name = EncryptedTextField(blank=True)
    reporter_contact = EncryptedTextField(blank=True)
    photo_name = models.CharField(max_length=80, blank=True)
    photo_type = models.CharField(max_length=40, blank=True)
    triaged_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    triaged_at = models.DateTimeField(null=True, blank=True)
    triage_words = models.TextField(blank=True)
    pass_by = models.DateTimeField(null=True, blank=True, help_text="When police are to have it.")
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=14, choices=SightingOutcome, blank=True)
    outcome_words = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    call_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody is next written to, unless it is taken up."
    )
    called = models.PositiveSmallIntegerField(default=0, help_text="How often, for what it waits for now.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-received_at"], name="sighting_by_incident"),
            models.Index(fields=["appeal", "-received_at"], name="sighting_by_appeal"),
            models.Index(fields=["status", "received_at"], name="sighting_by_status"),
            models.Index(fields=["call_at"], condition=Q(call_at__isnull=False), name="sighting_to_call"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(reporter_name="", reporter_contact=""),
                name="anonymous_means_nobody_is_named",
            ),
            models.CheckConstraint(
                condition=Q(status=SightingStatus.RECEIVED) | ~Q(triage=""), name="triaged_says_how"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class OutletReport(models.Model):
    """What an outlet told us at the public site: a confirmed link, a check-in, or that it read of an end."""

    kind = models.CharField(
        max_length=10, choices=[("link", "Link"), ("check_in", "Check-in"), ("read", "Read")]
    )
    outlet_id = models.BigIntegerField(null=True, blank=True)
    body = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["received_at"], condition=Q(processed_at__isnull=True), name="outlet_report_unread"
            )
        ]

    def __str__(self) -> str:
        return f"outlet report {self.pk}"
