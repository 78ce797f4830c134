"""What somebody told of exploitation. Nothing here says who they are: no number, address or device."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from families.say_something.enums import AccountStatus, Kind, Way
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

_USER = "accounts.User"


def account_reference() -> str:
    """A new account's reference."""
    return new_reference("SS")


class Submission(models.Model):
    """One form as it was sent from the public site: inserted there, read by a worker, emptied once read."""

    form_key = models.UUIDField(unique=True)
    body = EncryptedTextField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["received_at"], condition=Q(processed_at__isnull=True), name="saying_unread")
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Account(models.Model):
    """One thing that was told. `once_key` is random or a keyed digest: it makes what came twice one."""

    reference = models.CharField(max_length=16, unique=True, default=account_reference)
    charity = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=4, choices=Way)
    once_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    is_urgent = models.BooleanField(default=False)
    words = EncryptedTextField(blank=True)
    place = EncryptedTextField(blank=True)
    received_at = models.DateTimeField()
    read_by = models.DateTimeField()
    status = models.CharField(max_length=10, choices=AccountStatus, default=AccountStatus.NEW)
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    rang_999 = models.BooleanField(default=False)
    intelligence = models.CharField(max_length=16, blank=True, help_text="The report made of it.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "status", "read_by"], name="saying_by_clock")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(status="raised") | ~Q(intelligence=""), name="raised_account_names_its_report"
            ),
            models.CheckConstraint(
                condition=Q(status="new") | Q(decided_at__isnull=False), name="decided_account_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
