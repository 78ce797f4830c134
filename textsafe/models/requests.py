"""Requests for a text, and an officer's veto."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from missingcases.enums import PhoneKind
from textsafe.enums import AgeGroup, Language, Origin, RefusalCode, RequestStatus
from textsafe.references import request_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Request(models.Model):
    """One text asked for, on its way from the force to the phone.

    Two controllers share the row: the force knows what it asked and `officer.officer_view`; all else
    (status, screening, refusal) is the charity's. `closes_at` is when an unsent request may be shown
    as not sent; it never depends on what happened to it, and the force itself may end it earlier
    (`closed_early_at`). `answers` is JSON, question code to answer.
    """

    reference = models.CharField(max_length=16, unique=True, default=request_reference)
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        _ORGANISATION, on_delete=models.PROTECT, related_name="+", help_text="The force that asks."
    )
    charity = models.ForeignKey(
        _ORGANISATION, on_delete=models.PROTECT, related_name="+", help_text="Who screens and sends."
    )
    origin = models.CharField(max_length=10, choices=Origin)
    requested_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    form_token = models.UUIDField(null=True, unique=True, help_text="One filled-in form is one request.")

    phone = models.ForeignKey("missingcases.Phone", null=True, on_delete=models.SET_NULL, related_name="+")
    number = EncryptedTextField(blank=True)
    number_key = models.CharField(max_length=64, blank=True)
    number_kind = models.CharField(max_length=10, choices=PhoneKind)
    is_foreign = models.BooleanField()
    number_erased_at = models.DateTimeField(null=True, blank=True)
    answers = EncryptedTextField(blank=True)
    answers_version = models.PositiveSmallIntegerField(default=1)
    age_group = models.CharField(max_length=5, choices=AgeGroup, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)

    not_before = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_early_at = models.DateTimeField(
        null=True, blank=True, help_text="When the force itself ended it: withdrawn, or the incident stopped."
    )
    status = models.CharField(max_length=12, choices=RequestStatus, default=RequestStatus.REQUESTED)
    reasons = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    needs_person = models.BooleanField(default=False)
    accepted_reasons = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    screened_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField(null=True, blank=True)
    refusal_code = models.CharField(max_length=20, choices=RefusalCode, blank=True)
    wording = models.ForeignKey("textsafe.Wording", null=True, on_delete=models.PROTECT, related_name="+")
    rounds = models.PositiveSmallIntegerField(default=0, help_text="How often it was given to messaging.")
    message_id = models.BigIntegerField(null=True, help_text="The message of the present round.")
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(
        max_length=10, blank=True, help_text="What the force's systems were last told that it stands at."
    )
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="When the incident was stopped.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-requested_at"], name="textsafe_by_incident"),
            models.Index(fields=["organisation", "-requested_at"], name="textsafe_by_force"),
            models.Index(fields=["number_key", "-requested_at"], name="textsafe_by_number"),
            models.Index(
                fields=["not_before"],
                condition=Q(status__in=["requested", "approved"]),
                name="textsafe_to_do",
            ),
            models.Index(
                fields=["requested_at"], condition=Q(told__in=["", "sent"]), name="textsafe_to_tell"
            ),
            models.Index(
                fields=["stopped_at"],
                condition=Q(stopped_at__isnull=False, number_erased_at__isnull=True),
                name="textsafe_to_erase",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(origin="automation") & ~Q(status__in=["cancelled", "expired"]),
                name="one_automatic_text_an_incident",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("not_before")), name="request_has_time_to_be_sent"
            ),
            models.CheckConstraint(
                condition=Q(origin="automation")
                | Q(origin="system", form_token__isnull=False)
                | Q(requested_by__isnull=False, form_token__isnull=False),
                name="officer_request_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused")
                | (~Q(refusal_code="") & Q(screened_at__isnull=False, screened_by__isnull=False)),
                name="refused_request_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "delivered"]) | Q(sent_at__isnull=False),
                name="sent_request_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["queued", "sending"])
                | (~Q(number="") & ~Q(age_group="") & Q(wording__isnull=False, message_id__isnull=False)),
                name="queued_request_knows_what_to_send",
            ),
            models.CheckConstraint(
                condition=Q(number_erased_at__isnull=True) | Q(number="", number_key=""),
                name="erased_number_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Veto(models.Model):
    """An officer's word that no text be sent for an incident, until lifted."""

    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reason = EncryptedTextField()
    lifted_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "vetoes"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(lifted_at__isnull=True), name="one_veto_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"veto {self.pk}"
