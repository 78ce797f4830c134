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
    """One text to many: whom it goes to is read from its audience, part by part, as it goes out."""

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
    audience = models.CharField(max_length=40, help_text="A name in the switchboard's AUDIENCES.")
    valid_until = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    addresses_gone_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it holds no address to which it went."
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_label", "owner_id"], name="broadcast_once_an_owner")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lane"], condition=Q(ended_at__isnull=True), name="broadcast_running")
        ]

    def __str__(self) -> str:
        return f"broadcast {self.reference}"


class BroadcastPart(models.Model):
    """A stretch of an audience's ids, above `after` up to `last`: what lies below `after` has a delivery."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="parts")
    part = models.BigIntegerField(help_text="As the audience knows it.")
    after = models.BigIntegerField()
    last = models.BigIntegerField()
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["broadcast", "part"], name="part_once_a_broadcast")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["broadcast", "part"], condition=Q(is_done=False), name="part_to_be_done")
        ]

    def __str__(self) -> str:
        return f"part {self.part} of broadcast {self.broadcast_id}"


class Delivery(models.Model):
    """One person's copy, numbered as its row in the audience. Partitioned by hash of the broadcast (0003)."""

    pk = models.CompositePrimaryKey("broadcast_id", "number")
    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="deliveries")
    number = models.BigIntegerField(help_text="The id of its row in the audience.")
    part = models.BigIntegerField()
    line_id = models.BigIntegerField(null=True, help_text="The line it was last handed to.")
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


class ClaimBatch(models.Model):
    """Whether what was claimed together may be handed over: whoever writes its row first decides.

    Its worker opens it, before the first of it leaves; who finds it lost closes it, and it is claimed anew.
    """

    token = models.UUIDField(primary_key=True)
    is_lost = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'lost' if self.is_lost else 'open'} {self.token}"


class DeliveryTally(models.Model):
    """By how much the number of a part's deliveries that stand so has changed; the sum is how many there are.

    Triggers write a row a statement (migration 0007); now and then many are folded into one.
    """

    broadcast_id = models.BigIntegerField(db_index=True)
    part = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=DeliveryStatus)
    count = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.count:+d} {self.status}"


class GoneAddress(models.Model):
    """That somebody's address is no more, until whoever keeps the audience was told."""

    audience = models.CharField(max_length=40)
    recipient_id = models.BigIntegerField()
    to_key = models.CharField(max_length=64, help_text="Which: they may have another by now.")

    def __str__(self) -> str:
        return f"gone address {self.pk}"


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
