"""Legal holds, the periods somebody set, and the runs that two people had made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.retention.enums import Came, RunStatus

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def hold_reference() -> str:
    """A new hold's reference."""
    return new_reference("LH")


def run_reference() -> str:
    """A new run's reference."""
    return new_reference("RR")


class LegalHold(models.Model):
    """Nothing of the organisation's about this incident or person (or at all) is erased while it stands."""

    reference = models.CharField(max_length=16, unique=True, default=hold_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "missingcases.MissingPerson", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = EncryptedTextField("why nothing is erased")
    review_on = models.DateField()
    placed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = EncryptedTextField("why it was lifted", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["review_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(incident__isnull=True) | Q(person__isnull=True), name="hold_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_by__isnull=False),
                name="lifted_hold_names_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organisation", "incident", "person"],
                condition=Q(lifted_at__isnull=True),
                name="hold_that_stands",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Period(models.Model):
    """How long an organisation keeps a kind of record. The newest counts; those before are its history."""

    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    keep_days = models.PositiveIntegerField()
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "kind", "-id"], name="period_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.keep_days} days"


class Run(models.Model):
    """One pass over what is due, proposed by one person and started by another."""

    reference = models.CharField(max_length=16, unique=True, default=run_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    keep_days = models.PositiveIntegerField()
    before = models.DateTimeField(help_text="What ended before this moment.")
    status = models.CharField(max_length=12, choices=RunStatus, default=RunStatus.PROPOSED)
    proposed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    started_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(started_by__isnull=True) | ~Q(started_by=F("proposed_by")),
                name="run_is_started_by_another",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(status__in=[RunStatus.PROPOSED, RunStatus.RUNNING]),
                name="one_run_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class RunItem(models.Model):
    """One record of a run. What was done is kept here, so that it is never done twice and can be counted."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="items")
    row_id = models.BigIntegerField()
    came = models.CharField(max_length=8, choices=Came, default=Came.WAITING)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "row_id"], name="run_item_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["row_id"], condition=Q(came=Came.DONE), name="run_item_done"),
            models.Index(fields=["run", "id"], condition=Q(came=Came.WAITING), name="run_item_waiting"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
