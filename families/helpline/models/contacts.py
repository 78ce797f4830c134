"""Somebody who turned to the helpline by themselves. The charity's alone, whoever it is about."""

from __future__ import annotations

import json
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from families.helpline.enums import (
    Caller,
    Channel,
    ContactStatus,
    LinkGround,
    LinkStatus,
    OnTheLine,
)
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def contact_reference() -> str:
    """A new contact's reference."""
    return new_reference("HC")


class HelplineContact(models.Model):
    """One conversation that somebody began. Of somebody anonymous no name and no number is kept.

    What came by e-mail has nobody who began it, and `reach_key`, by which the next one finds it; the address
    itself stands with the e-mail alone, where messaging keeps it.

    `answers` is JSON (question to answer), encrypted. `notes` and `answers` are saved as they are typed.
    """

    reference = models.CharField(max_length=16, unique=True, default=contact_reference)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    caller = models.CharField(max_length=16, choices=Caller, default=Caller.UNKNOWN)
    is_anonymous = models.BooleanField(default=True)
    name = EncryptedTextField(blank=True)
    reach_by = EncryptedTextField("how to reach them", blank=True)
    status = models.CharField(max_length=10, choices=ContactStatus, default=ContactStatus.UNCLAIMED)
    claimed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    reach_key = models.CharField(max_length=64, blank=True)
    begun_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When they hung up or left.")
    notes = EncryptedTextField(blank=True)
    answers = EncryptedTextField(default="{}")
    answer_due_at = models.DateTimeField(null=True, blank=True)
    call_back_at = models.DateTimeField(null=True, blank=True, help_text="When we promised to ring.")
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    form_token = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begun_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "status", "answer_due_at"], name="helpline_by_clock"),
            models.Index(fields=["claimed_by", "status"], name="helpline_by_person"),
            models.Index(fields=["reach_key"], condition=~Q(reach_key=""), name="helpline_by_address"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(name="", reach_by=""),
                name="anonymous_contact_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(status="claimed") | Q(claimed_by__isnull=False),
                name="claimed_contact_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed")
                | Q(closed_at__isnull=False, answer_due_at__isnull=True, call_back_at__isnull=True),
                name="closed_contact_owes_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def answered(self) -> dict[str, str]:
        """The answers to the risk questions."""
        found: dict[str, str] = json.loads(self.answers or "{}")
        return found


class ContactLink(models.Model):
    """A contact put with an incident, with whose wish or which ground, and who agreed."""

    contact = models.ForeignKey(HelplineContact, on_delete=models.CASCADE, related_name="links")
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=16, choices=LinkGround)
    reason = EncryptedTextField(blank=True)
    status = models.CharField(max_length=8, choices=LinkStatus)
    asked_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(status__in=["asked", "linked"]),
                name="one_live_link_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(ground="wish")
                | ~Q(status="linked")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("asked_by"))),
                name="link_on_a_ground_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class ThreeWayCall(models.Model):
    """A call that we put through between others: what they are to each other, and what they agreed.

    No name and no number of anybody: the record would otherwise lead one to the other.
    """

    contact = models.ForeignKey(HelplineContact, on_delete=models.CASCADE, related_name="three_way_calls")
    on_the_line = ArrayField(models.CharField(max_length=16, choices=OnTheLine))
    consented = models.BooleanField("everybody agreed to it beforehand")
    agreed = EncryptedTextField("what was agreed")
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(consented=True), name="three_way_call_was_agreed_to")
        ]

    def __str__(self) -> str:
        return f"three-way call {self.pk}"
