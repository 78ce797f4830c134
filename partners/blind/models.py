"""Who may compare with whom, each comparison, and the candidates that came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from partners.blind.enums import CandidateStatus, PairingStatus

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def pairing_reference() -> str:
    """A new pairing's reference."""
    return new_reference("BM")


def run_reference() -> str:
    """A new comparison's reference."""
    return new_reference("BR")


def candidate_reference() -> str:
    """A new candidate's reference."""
    return new_reference("BC")


class Pairing(models.Model):
    """A force and a partner that share a key. `key` is gone once the pairing has ended."""

    reference = models.CharField(max_length=16, unique=True, default=pairing_reference)
    holder = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=PairingStatus, default=PairingStatus.ACTIVE)
    key = EncryptedTextField(blank=True)
    key_made_at = models.DateTimeField()
    key_shown_at = models.DateTimeField(null=True, blank=True)
    key_shown_to = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(holder=F("partner")), name="pairing_is_of_two"),
            models.CheckConstraint(
                condition=Q(status=PairingStatus.ENDED, key="", ended_at__isnull=False)
                | Q(status=PairingStatus.ACTIVE) & ~Q(key=""),
                name="pairing_in_use_has_its_key",
            ),
            models.UniqueConstraint(
                fields=["holder", "partner"],
                condition=Q(status=PairingStatus.ACTIVE),
                name="one_pairing_of_two_in_use",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partner", "-id"], name="pairing_by_partner")
        ]

    def __str__(self) -> str:
        return self.reference


class Run(models.Model):
    """One comparison. The patterns that were sent are not kept.

    `row_digests` are eight keyed bytes a row, by which a list that is asked again and again with a few rows
    more is known; they are forgotten after five weeks. `left_out` counts the force's own people who are never
    compared (restricted, or in danger from whoever looks for them).
    """

    reference = models.CharField(max_length=16, unique=True, default=run_reference)
    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="runs")
    asked_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    by_client = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    compared = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    threshold = models.FloatField()
    form = models.CharField(max_length=30)
    row_digests = models.BinaryField(default=bytes)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["pairing", "-asked_at"], name="blind_run_by_time")
        ]

    def __str__(self) -> str:
        return self.reference


class Candidate(models.Model):
    """One of the partner's records and one of the force's people, alike enough for a person to look.

    `label` is the partner's own reference of its record; the force never sees it. The incident the partner
    never sees: what is shared in the end goes as a referral. A pair that was found once is not found again.
    """

    reference = models.CharField(max_length=16, unique=True, default=candidate_reference)
    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="candidates")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="candidates")
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=40)
    score = models.FloatField()
    is_strong = models.BooleanField()
    status = models.CharField(
        max_length=16, choices=CandidateStatus, default=CandidateStatus.PROPOSED, db_index=True
    )
    found_at = models.DateTimeField()
    here_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    here_at = models.DateTimeField(null=True, blank=True)
    there_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    there_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the partner was first told of it.")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pairing", "incident", "label"], name="candidate_found_once"),
            models.CheckConstraint(
                condition=~Q(status__in=[CandidateStatus.CONFIRMED_HERE, CandidateStatus.CONFIRMED])
                | Q(here_by__isnull=False, here_at__isnull=False, told_at__isnull=False),
                name="confirmed_candidate_has_who_here",
            ),
            models.CheckConstraint(
                condition=~Q(status=CandidateStatus.CONFIRMED)
                | Q(there_by__isnull=False, there_at__isnull=False),
                name="confirmed_candidate_has_who_there",
            ),
            models.CheckConstraint(
                condition=Q(there_by__isnull=True) | ~Q(here_by=F("there_by")),
                name="candidate_is_confirmed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def tone(self) -> str:
        """What colour its tag has; elsewhere "confirmed" is a flag's, and red."""
        return "good" if self.status == CandidateStatus.CONFIRMED else ""
