"""E-mails of a contact with the helpline, either way. The charity's alone, like the contact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from families.enums import Direction
from families.helpline.models.contacts import HelplineContact
from foundation.fields import EncryptedTextField


class HelplineMail(models.Model):
    """One e-mail: theirs has its `inbound_id`, which leads to their address, and ours its `message_id`."""

    contact = models.ForeignKey(HelplineContact, on_delete=models.CASCADE, related_name="mails")
    direction = models.CharField(max_length=3, choices=Direction)
    at = models.DateTimeField()
    subject = EncryptedTextField(blank=True)
    words = EncryptedTextField(blank=True)
    worker = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inbound_id = models.BigIntegerField(null=True, unique=True)
    message_id = models.BigIntegerField(null=True)
    form_token = models.UUIDField(null=True, unique=True, help_text="One filled-in form is one e-mail.")
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(direction="in", inbound_id__isnull=False)
                | Q(direction="out", worker__isnull=False),
                name="helpline_mail_came_in_or_was_written",
            )
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
