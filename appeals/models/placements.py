"""Placements: one appeal on one outlet, and the ledger of how each was taken down."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from appeals.enums import HEARS_BEFORE, ConfirmedBy, PlacementStatus
from appeals.models.appeals import Appeal
from appeals.models.content import Content
from appeals.models.outlets import Outlet
from appeals.references import placement_reference
from foundation.fields import TransactionNumberField

_USER = "accounts.User"
# On its way to the outlet, or there: at most one of these for an appeal and an outlet.
STANDING = (
    PlacementStatus.PLANNED,
    PlacementStatus.SENDING,
    PlacementStatus.LIVE,
    PlacementStatus.FAILED,
    PlacementStatus.UNKNOWN,
)

# An outlet of these still owes: told or not, nobody knows that it is gone.
OWED = (PlacementStatus.WITHDRAWING, PlacementStatus.TOLD)


class Placement(models.Model):
    """One appeal on one outlet.

    Claimed before the outlet is called (`claimed_at`); `next_at` is when it is tried again, or chased once
    it was told. `change` numbers the transaction that last wrote it: by it readers tell what is new.
    """

    reference = models.CharField(max_length=16, unique=True, default=placement_reference)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="placements")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="placements")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    shown = models.JSONField(
        default=dict, help_text="Language to what this outlet shows: `appeals.projection.Published`."
    )
    status = models.CharField(max_length=12, choices=PlacementStatus, default=PlacementStatus.PLANNED)
    embargo_until = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=80, blank=True, help_text="A code of ours, never an answer's text.")
    live_at = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    remote_url = models.CharField(max_length=500, blank=True)
    withdraw_from = models.DateTimeField(null=True, blank=True, help_text="When it was to be taken down.")
    withdrawal_sent_at = models.DateTimeField(null=True, blank=True)
    chased = models.PositiveSmallIntegerField(default=0)
    still_shown_at = models.DateTimeField(null=True, blank=True, help_text="Last seen there after that.")
    confirmed_gone_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=10, choices=ConfirmedBy, blank=True)
    change = TransactionNumberField(default=0)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["outlet__name", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["outlet", "change"], name="placement_by_change"),
            models.Index(fields=["appeal", "outlet"], name="placement_by_outlet"),
            models.Index(
                fields=["next_at"],
                condition=Q(status__in=["planned", "sending", "failed", "unknown", "withdrawing", "told"]),
                name="placement_due",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["appeal", "outlet"],
                condition=Q(status__in=list(STANDING)),
                name="placement_once_an_outlet",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlacementStatus.LIVE) | Q(live_at__isnull=False),
                name="live_placement_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["withdrawing", "told", "confirmed"])
                | Q(withdraw_from__isnull=False),
                name="taken_down_from_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlacementStatus.TOLD) | Q(withdrawal_sent_at__isnull=False),
                name="told_outlet_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status=PlacementStatus.CONFIRMED, confirmed_gone_at__isnull=False)
                & ~Q(confirmed_by="")
                | ~Q(status=PlacementStatus.CONFIRMED) & Q(confirmed_gone_at__isnull=True, confirmed_by=""),
                name="confirmed_gone_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def waits_until(self) -> datetime | None:
        """When the embargo ends that keeps it from being shown here; None where nothing does."""
        is_planned = self.status == PlacementStatus.PLANNED
        return self.embargo_until if is_planned and self.outlet.channel not in HEARS_BEFORE else None


class TakedownEntry(models.Model):
    """One line of the takedown ledger: what was done about one placement, when, and what came of it."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="ledger")
    at = models.DateTimeField()
    what = models.CharField(max_length=24)
    code = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["placement", "at"], name="takedown_by_placement")
        ]

    def __str__(self) -> str:
        return f"takedown entry {self.pk}"
