"""Transfers between forces: a change of owner that the other force must accept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from missingcases.enums import TransferStatus
from missingcases.models.incidents import Incident
from missingcases.references import transfer_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Transfer(models.Model):
    """One offer of an incident. The owner changes only on acceptance and is never empty."""

    reference = models.CharField(max_length=16, unique=True, default=transfer_reference)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="transfers")
    from_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(
        _USER,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one person a restricted incident is offered to.",
    )
    status = models.CharField(max_length=10, choices=TransferStatus, default=TransferStatus.OFFERED)
    reason = models.TextField()
    offered_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-offered_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(status="offered"), name="transfer_offered_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="transfer_goes_to_another"
            ),
            models.CheckConstraint(
                condition=Q(status=TransferStatus.OFFERED, decided_at__isnull=True)
                | (~Q(status=TransferStatus.OFFERED) & Q(decided_at__isnull=False)),
                name="decided_transfer_has_its_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["answer_by"], condition=Q(status="offered"), name="transfer_unanswered")
        ]

    def __str__(self) -> str:
        return self.reference
