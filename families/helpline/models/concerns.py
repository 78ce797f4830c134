"""Safeguarding concerns out of a contact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from families.helpline.enums import ConcernStatus
from families.helpline.models.contacts import HelplineContact
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

_USER = "accounts.User"


def concern_reference() -> str:
    """A new concern's reference."""
    return new_reference("HS")


class Concern(models.Model):
    """What a colleague fears, for the duty manager, who may pass named words to a force, or keep them."""

    reference = models.CharField(max_length=16, unique=True, default=concern_reference)
    contact = models.ForeignKey(HelplineContact, on_delete=models.PROTECT, related_name="concerns")
    is_threat_to_life = models.BooleanField()
    concern = EncryptedTextField()
    raised_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ConcernStatus, default=ConcernStatus.RAISED)
    manager = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(
        "missingcases.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-raised_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(status__in=["raised", "taken"]),
                name="one_open_concern_a_contact",
            )
        ]

    def __str__(self) -> str:
        return self.reference
