"""Messages, as they went out or came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alerts.cap.enums import CapStatus, Direction, MsgType, Result
from foundation.fields import EncryptedTextField


class CapMessage(models.Model):
    """One CAP message. The database refuses to change it; all it lets be done is to empty its words.

    What we sent is `document`, byte for byte as partners and the public get it; what we received is
    `original`, encrypted, as it is somebody else's and names a child. `first` is the Alert that a received
    Update or Cancel belongs to. `sent` is by its sender's clock, in whole seconds.
    """

    notice = models.OneToOneField(
        "alerts.Notice", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    direction = models.CharField(max_length=3, choices=Direction)
    identifier = models.CharField(max_length=200)
    sender = models.CharField(max_length=200)
    sent = models.DateTimeField()
    status = models.CharField(max_length=8, choices=CapStatus)
    msg_type = models.CharField(max_length=6, choices=MsgType)
    expires_at = models.DateTimeField(null=True, blank=True)
    document = models.TextField(blank=True)
    original = EncryptedTextField(blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes, in hexadecimal.")
    picture_name = models.CharField(max_length=80, blank=True, help_text="Where the public site finds it.")
    is_signed = models.BooleanField()
    signature_ok = models.BooleanField(null=True, help_text="Of received ones; nothing else is kept.")
    result = models.CharField(max_length=12, choices=Result)
    first = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    received_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # CAP names a message by these three. A replay is known by them.
            models.UniqueConstraint(fields=["sender", "identifier", "sent"], name="cap_message_once"),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT, notice__isnull=False, original="")
                | Q(direction=Direction.IN, notice__isnull=True, document=""),
                name="cap_message_is_of_one_direction",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT) | Q(signature_ok=True), name="cap_received_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class PublicCapMessage(models.Model):
    """What the public site sees of a sent message: `is_live` says whether it may be given out now.

    Rehearsals are left out by the view itself (migration 0003), so no query can find one.
    """

    message_id = models.BigIntegerField(primary_key=True)
    identifier = models.CharField(max_length=200)
    msg_type = models.CharField(max_length=6)
    sent = models.DateTimeField()
    expires_at = models.DateTimeField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    picture_name = models.CharField(max_length=80)
    has_lost_picture = models.BooleanField()
    is_live = models.BooleanField()

    class Meta:
        managed = False
        db_table = "cap_public_message"

    def __str__(self) -> str:
        return self.identifier
