"""What providers call us about, kept as it came and then read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from foundation.messaging.enums import Channel, Keyword, RawKind, Standing
from foundation.messaging.models.message import Message


class RawCallback(models.Model):
    """One signed call, stored before it was answered. `query` is the address's query, our own words.

    Of an e-mail `query` is the digest of the call's token, and `body` what is kept of it.
    """

    provider = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=RawKind)
    query = models.CharField(max_length=200, blank=True)
    body = EncryptedTextField(help_text="The form as it was posted, URL-encoded.")
    signature_ok = models.BooleanField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at", "id"], condition=Q(processed_at__isnull=True), name="callback_unread"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # The signature of an e-mail is over its token alone: each counts once.
            models.UniqueConstraint(
                fields=["query"], condition=Q(kind="mail"), name="callback_mail_token_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} callback {self.pk}"


class Receipt(models.Model):
    """One thing a provider said about one message; the database refuses to change or remove it."""

    message = models.ForeignKey(  # found by `receipt_by_message`
        Message, on_delete=models.PROTECT, related_name="receipts", db_index=False
    )
    raw = models.ForeignKey(  # found by `receipt_once_a_callback`
        RawCallback, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    standing = models.CharField(max_length=10, choices=Standing)
    provider_status = models.CharField(max_length=30)
    provider_id = models.CharField(max_length=80)
    code = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message", "standing", "at"], name="receipt_by_message")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["raw"], name="receipt_once_a_callback")
        ]

    def __str__(self) -> str:
        return f"{self.standing} for message {self.message_id}"


class Inbound(models.Model):
    """One text or e-mail somebody sent us. A doubled call of the provider is one row."""

    raw = models.OneToOneField(RawCallback, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.SMS)
    provider_id = models.CharField(max_length=80, unique=True)
    sender = EncryptedTextField()
    sender_key = models.CharField(max_length=64)
    to = models.CharField(max_length=40, help_text="Our own number or address.")
    subject = EncryptedTextField(blank=True)
    body = EncryptedTextField(blank=True)
    keyword = models.CharField(max_length=5, choices=Keyword, blank=True)
    service = models.CharField(max_length=30)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    error_kind = models.CharField(max_length=120, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(handed_at__isnull=True), name="inbound_open"),
            models.Index(fields=["sender_key", "-received_at"], name="inbound_by_sender"),
        ]

    def __str__(self) -> str:
        return f"inbound text {self.pk}"
