"""Who may see an incident: one row an organisation, desk, team or person (design.md)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import TransactionNumberField
from missingcases.enums import AudienceKind, IncidentStatus
from missingcases.models.incidents import Incident


class AudienceRow(models.Model):
    """One grant of sight, written in the transaction that gives it; revoked ones stay as tombstones.

    `principal` is the one key a reader is matched by: ``o:5`` everybody of organisation 5 with
    content, ``o:5/textsafe`` one desk of it, ``t:9`` a team, ``u:7@5`` person 7 acting for 5. The
    sort keys are copies kept by the services. `change` comes from a sequence and, with the
    transaction's id in `change_xid`, lets a cursor read only below what has settled.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="audience")
    kind = models.CharField(max_length=20, choices=AudienceKind)
    principal = models.CharField(max_length=60)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    desk = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=16, choices=IncidentStatus)
    is_open = models.BooleanField()
    risk_rank = models.SmallIntegerField()
    reported_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    change = models.BigIntegerField()
    change_xid = TransactionNumberField()
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "kind", "principal"], name="audience_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["principal", "-reported_at", "-incident"],
                include=["kind"],
                condition=Q(revoked_at__isnull=True),
                name="audience_by_reported",
            ),
            models.Index(
                fields=["principal", "-reported_at", "-incident"],
                include=["kind"],
                condition=Q(revoked_at__isnull=True, is_open=True),
                name="audience_open",
            ),
            models.Index(fields=["principal", "change_xid", "change"], name="audience_by_settled_change"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.incident_id}"
