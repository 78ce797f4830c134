"""One text to many people: lean rows, made for a million, kept apart from messages to one person."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from foundation.messaging.enums import AttemptOutcome, BroadcastStatus, Channel, DeliveryStatus, Lane


def new_broadcast_reference() -> str:
    """A public name for a broadcast. Its deliveries are called after it: ``b…-17``."""
    return f"b{secrets.token_hex(8)}"


class Broadcast(models.Model):
    """One text to many. `recipients` numbers its deliveries, so that nothing is ever counted to send."""

    reference = models.CharField(max_length=40, unique=True, default=new_broadcast_reference, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    lane = models.CharField(max_length=10, choices=Lane)
    service = models.CharField(max_length=30)
    subject = EncryptedTextField(blank=True)
    body = EncryptedTextField()
    owner_label = models.CharField(max_length=80)
    owner_id = models.BigIntegerField()
    guard = models.CharField(max_length=80)
    status = models.CharField(max_length=10, choices=BroadcastStatus, default=BroadcastStatus.OPEN)
    recipients = models.PositiveBigIntegerField(default=0)
    is_complete = models.BooleanField(default=False, help_text="No more recipients will be added.")
    valid_until = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_label", "owner_id"], name="broadcast_once_an_owner")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lane"], condition=Q(ended_at__isnull=True), name="broadcast_running")
        ]

    def __str__(self) -> str:
        return f"broadcast {self.reference}"


class Delivery(models.Model):
    """One person's copy. The table is partitioned by hash of the broadcast (migration 0003)."""

    pk = models.CompositePrimaryKey("broadcast_id", "number")
    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="deliveries")
    number = models.BigIntegerField()
    recipient_id = models.BigIntegerField(help_text="The subscriber, as its owner knows them.")
    to = EncryptedTextField()
    to_key = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=DeliveryStatus, default=DeliveryStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    claim_token = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    failed_code = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["broadcast", "next_attempt_at"], condition=Q(status="queued"), name="delivery_due"
            ),
            models.Index(fields=["claimed_at"], condition=Q(status="sending"), name="delivery_claimed"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="delivery_provider_id"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["broadcast", "to_key"], name="delivery_once_an_address"),
            models.CheckConstraint(
                condition=~Q(status="sending") | Q(claim_token__isnull=False, claimed_at__isnull=False),
                name="delivery_sending_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.number} of broadcast {self.broadcast_id}"


class DeliveryEntry(models.Model):
    """One line about a delivery: an ending or a receipt. The database refuses to change or remove it."""

    broadcast_id = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=AttemptOutcome)
    code = models.CharField(max_length=60, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["broadcast_id", "number"], name="entry_by_delivery")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of delivery {self.number}"


class Pace(models.Model):
    """How fast broadcasts may use a channel: the agreed rate, less what is kept for single messages."""

    channel = models.CharField(max_length=10, choices=Channel, unique=True)
    per_second = models.PositiveIntegerField(help_text="Agreed with the provider.")
    kept_back = models.PositiveIntegerField(default=0, help_text="A second, for messages to one person.")
    tokens = models.FloatField(default=0)
    filled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(per_second__gt=models.F("kept_back")), name="pace_leaves_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.per_second} a second by {self.channel}"
