"""A message home: what a missing person asks the charity to tell somebody, in their own words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.enums import DiscloseLocation
from missingcases.messages_home.enums import MessageStatus

_USER = "accounts.User"


def message_reference() -> str:
    """A new message's reference."""
    return new_reference("MH")


class MessageHome(models.Model):
    """One message. `source` and `source_id` name the record it was said in, and are shown to no family."""

    reference = models.CharField(max_length=16, unique=True, default=message_reference)
    charity = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    for_whom = EncryptedTextField("for whom it is")
    words = EncryptedTextField("the message, word for word")
    disclose_location = models.CharField(
        "may their whereabouts be told", max_length=30, choices=DiscloseLocation
    )
    consented_at = models.DateTimeField(help_text="When the person agreed that exactly these words are told.")
    source = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=MessageStatus, default=MessageStatus.TAKEN)
    taken_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    pass_by = models.DateTimeField()
    carrier = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["charity", "pass_by"],
                condition=Q(status__in=["taken", "passing"]),
                name="message_home_waiting",
            ),
            models.Index(fields=["source", "source_id"], name="message_home_by_source"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status__in=["passing", "passed"]) | Q(carrier__isnull=False),
                name="carried_message_has_its_carrier",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["taken", "passing"]) | Q(ended_at__isnull=False),
                name="ended_message_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
