"""What people answered. The charity's alone: nothing here may reach the police side in any form."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from textsafe.enums import ConversationStatus, Direction, EscalationStatus, Language, TriageStatus
from textsafe.models.requests import Request
from textsafe.references import conversation_reference, escalation_reference, triage_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Conversation(models.Model):
    """Everything said with one number. `request` is the text they answered, None for unknown numbers."""

    reference = models.CharField(max_length=16, unique=True, default=conversation_reference)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, null=True, on_delete=models.PROTECT, related_name="+")
    number = EncryptedTextField(blank=True)
    number_key = models.CharField(max_length=64, blank=True)
    number_erased_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    status = models.CharField(max_length=10, choices=ConversationStatus, default=ConversationStatus.UNCLAIMED)
    claimed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    last_in_at = models.DateTimeField(null=True, blank=True)
    last_out_at = models.DateTimeField(null=True, blank=True)
    reply_due_at = models.DateTimeField(
        null=True, blank=True, help_text="An hour after the first unanswered text; None when none waits."
    )
    asked_to_stop_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "status", "reply_due_at"], name="conversation_by_clock"),
            models.Index(fields=["claimed_by", "status"], name="conversation_by_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["charity", "number_key"],
                condition=Q(number_erased_at__isnull=True),
                name="one_conversation_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="claimed") | Q(claimed_by__isnull=False),
                name="claimed_conversation_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False, reply_due_at__isnull=True),
                name="closed_conversation_owes_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ConversationMessage(models.Model):
    """One text of a conversation, either way, or a colleague's note beside it. Never changed."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=4, choices=Direction)
    text = EncryptedTextField(blank=True)
    at = models.DateTimeField()
    author = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    inbound_id = models.BigIntegerField(null=True, unique=True)
    form_token = models.UUIDField(null=True, unique=True)
    message_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    answers_due_at = models.DateTimeField(
        null=True, blank=True, help_text="The clock this answer stopped: what 'within the hour' counts."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class TriageItem(models.Model):
    """A text from a number that we never wrote to: somebody reads it and decides."""

    reference = models.CharField(max_length=16, unique=True, default=triage_reference)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    number = EncryptedTextField(blank=True)
    number_key = models.CharField(max_length=64, blank=True)
    text = EncryptedTextField(blank=True)
    inbound_id = models.BigIntegerField(unique=True)
    received_at = models.DateTimeField()
    look_by = models.DateTimeField(help_text="An hour, as for every reply.")
    status = models.CharField(max_length=10, choices=TriageStatus, default=TriageStatus.NEW)
    handled_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number_erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "status", "look_by"], name="triage_by_clock")
        ]

    def __str__(self) -> str:
        return self.reference


class Escalation(models.Model):
    """A safeguarding concern for the duty manager, who may pass named words to the force, or keep them."""

    reference = models.CharField(max_length=16, unique=True, default=escalation_reference)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="escalations")
    is_threat_to_life = models.BooleanField()
    concern = EncryptedTextField()
    raised_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=EscalationStatus, default=EscalationStatus.RAISED)
    manager = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(
        "missingcases.Release",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The words proposed for the force; another person approves them.",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(status__in=["raised", "taken"]),
                name="one_open_escalation_a_conversation",
            )
        ]

    def __str__(self) -> str:
        return self.reference
