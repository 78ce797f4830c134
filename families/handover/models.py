"""A shift handover: what is open, in the words of whoever goes, signed by both (domain.md section 7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from families.handover.enums import HandoverStatus
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

_USER = "accounts.User"


def handover_reference() -> str:
    """A new handover's reference."""
    return new_reference("HO")


class Handover(models.Model):
    """One person's handover to one other. `sign_by` is when the next signature should be there."""

    reference = models.CharField(max_length=16, unique=True, default=handover_reference)
    charity = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    outgoing = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    incoming = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=HandoverStatus, default=HandoverStatus.WRITING)
    begun_at = models.DateTimeField()
    sign_by = models.DateTimeField()
    note = EncryptedTextField("for the whole shift", blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField("words of the incoming shift", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outgoing", "status"], name="handover_by_outgoing"),
            models.Index(fields=["incoming", "status"], name="handover_by_incoming"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(outgoing=F("incoming")), name="handover_is_of_two_people"),
            models.UniqueConstraint(
                fields=["outgoing", "charity"],
                condition=Q(status__in=["writing", "signed_out"]),
                name="one_unsigned_handover_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed_out", "done"]) | Q(signed_out_at__isnull=False),
                name="handover_is_signed_out_first",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(signed_in_at__isnull=False),
                name="handover_done_is_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class HandoverLine(models.Model):
    """One open thing. Until it is signed only lines with a note are kept; then all, as they were.

    `key` names the thing while the handover is written; `is_waiting` is False where it was dealt with
    after somebody had written about it.
    """

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=80)
    words = EncryptedTextField()
    url = models.CharField(max_length=200)
    detail = EncryptedTextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    note = EncryptedTextField(blank=True)
    is_waiting = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["handover", "key"], name="one_line_a_thing")
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"
