"""What came in: the call as it was stored, and the alert that somebody has to look at."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alerts.cap.enums import ArrivalResult, ProposalStatus
from alerts.cap.models.messages import CapMessage
from foundation.fields import EncryptedTextField
from foundation.references import new_reference


def proposal_reference() -> str:
    """Of an alert that came in; said on the telephone."""
    return new_reference("CAP")


class CapArrival(models.Model):
    """One call, stored before it was answered; emptied when a worker has read it."""

    body = EncryptedTextField(blank=True)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=ArrivalResult, blank=True)
    message = models.ForeignKey(
        CapMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(processed_at__isnull=True), name="cap_arrival_unread")
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class CapProposal(models.Model):
    """An alert of the national system that somebody looks at: they propose it here, or dismiss it.

    `force_ids` are the organisations whose area it touches; they and the national unit see it.
    """

    reference = models.CharField(max_length=16, unique=True, default=proposal_reference)
    message = models.OneToOneField(CapMessage, on_delete=models.PROTECT, related_name="proposal")
    is_exercise = models.BooleanField()
    status = models.CharField(max_length=9, choices=ProposalStatus, default=ProposalStatus.WAITING)
    force_ids = ArrayField(models.BigIntegerField(), default=list)
    alert = models.ForeignKey(
        "alerts.ChildRescueAlert", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = EncryptedTextField(blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.TAKEN, alert__isnull=False)
                | ~Q(status=ProposalStatus.TAKEN) & Q(alert__isnull=True),
                name="cap_taken_has_its_alert",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.WAITING, decided_at__isnull=True)
                | ~Q(status=ProposalStatus.WAITING) & Q(decided_at__isnull=False),
                name="cap_decided_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
