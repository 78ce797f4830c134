"""One message to one person, and the log of what was done about it."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.messaging.enums import AttemptOutcome, Channel, Lane, MessageStatus


def new_reference() -> str:
    """A public name for a message: 96 random bits that tell nothing."""
    return f"m{secrets.token_hex(12)}"


class Message(models.Model):
    """A text, e-mail or webhook to one recipient. The row exists before anybody is called.

    `next_attempt_at` is when it may next be claimed or, while the outcome is unknown, next looked
    for at the provider. `claim_token` names the one claim that may settle it.
    """

    reference = models.CharField(max_length=40, unique=True, default=new_reference, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    lane = models.CharField(max_length=10, choices=Lane)
    to = EncryptedTextField()
    to_key = models.CharField(max_length=64)
    subject = EncryptedTextField(blank=True)
    body = EncryptedTextField()
    service = models.CharField(max_length=30)
    owner_label = models.CharField(max_length=80, help_text="Model label, such as textsafe.Request.")
    owner_id = models.BigIntegerField()
    guard = models.CharField(max_length=80, help_text="The check in the switchboard, run at every claim.")
    organisation = models.ForeignKey(  # found by `message_by_rate`
        "accounts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    dedupe_key = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=12, choices=MessageStatus, default=MessageStatus.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)
    not_before = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    resends = models.PositiveSmallIntegerField(default=0, help_text="Queued again after reconciliation.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    unknown_since = models.DateTimeField(null=True, blank=True)
    needs_person = models.BooleanField(default=False)
    failed_code = models.CharField(max_length=60, blank=True)
    failed_reason = models.CharField(max_length=200, blank=True, help_text="In words, for staff.")
    provider = models.CharField(max_length=40, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["lane", "next_attempt_at"], condition=Q(status="queued"), name="message_due"
            ),
            models.Index(fields=["valid_until"], condition=Q(status="queued"), name="message_too_late"),
            models.Index(fields=["claimed_at"], condition=Q(status="sending"), name="message_claimed"),
            models.Index(fields=["next_attempt_at"], condition=Q(status="unknown"), name="message_unknown"),
            models.Index(
                fields=["valid_until"],
                condition=Q(status="sent", channel="sms"),
                name="message_waits_for_receipt",
            ),
            models.Index(fields=["to_key", "service", "claimed_at"], name="message_by_recipient"),
            models.Index(fields=["organisation", "service", "claimed_at"], name="message_by_rate"),
            models.Index(fields=["owner_label", "owner_id"], name="message_by_owner"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_by_provider_id"),
            models.Index(fields=["service", "-id"], name="message_log"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status="sending") | Q(claim_token__isnull=False, claimed_at__isnull=False),
                name="message_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(status="queued") | Q(claim_token__isnull=True),
                name="message_queued_is_not_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(status="delivered") | Q(delivered_at__isnull=False),
                name="message_delivered_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="message_sent_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="unknown") | Q(unknown_since__isnull=False),
                name="message_unknown_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(not_before__isnull=True) | Q(valid_until__gt=F("not_before")),
                name="message_may_be_sent_before_it_is_too_late",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.reference}"


class Attempt(models.Model):
    """One line of a message's log; the database refuses to change or remove it.

    A claim and its ending are two lines, so a worker that died leaves a claim without an ending.
    """

    message = models.ForeignKey(  # found by `attempt_by_message`
        Message, on_delete=models.PROTECT, related_name="log", db_index=False
    )
    number = models.PositiveIntegerField(help_text="Which attempt it belongs to, from 1.")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=AttemptOutcome)
    code = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    user_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message", "id"], name="attempt_by_message")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of message {self.message_id}"


class SettlementRow(models.Model):
    """What the owner of a message still has to hear, or has heard at `taken_at`."""

    message = models.ForeignKey(  # only what is still owed is looked for: `settlement_next`
        Message, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    service = models.CharField(max_length=30)
    owner_label = models.CharField(max_length=80)
    owner_id = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=MessageStatus)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    error_kind = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["service", "id"], condition=Q(taken_at__isnull=True), name="settlement_open"
            ),
            models.Index(
                fields=["message", "id"], condition=Q(taken_at__isnull=True), name="settlement_next"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} for {self.owner_label} {self.owner_id}"
