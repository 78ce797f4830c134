"""One person referred to one partner for one thing."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from missingcases.enums import LawfulBasis
from partners.enums import (
    CAME_BACK,
    HELD,
    OPEN,
    SHOWN,
    ReferralOutcome,
    ReferralStatus,
    RejectReason,
    ReturnReason,
    Takes,
    WithdrawReason,
)
from partners.references import referral_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
_RELEASE = "missingcases.Release"


class Referral(models.Model):
    """What one organisation asks of a partner for one missing person.

    Who the person is stands in `release`, a copy of allowed fields that ends with the referral; nothing here
    repeats it. Until it is sent, `content` holds the draft (JSON, name to text). `sender` answers for it: who
    sent it, until a force takes over what the one before it sent. Who held it when stands in `Holding`.
    `follows` is the referral that came back, for which another partner was chosen.
    """

    reference = models.CharField(max_length=16, unique=True, default=referral_reference)
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    takes = models.CharField(max_length=24, choices=Takes)
    partner = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=ReferralStatus, default=ReferralStatus.DRAFT)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    why = EncryptedTextField(help_text="Why the sender refers them.")
    lawful_basis = models.CharField(max_length=24, choices=LawfulBasis)
    wishes = EncryptedTextField(blank=True, help_text="What the person wants; apart from the basis.")
    content = EncryptedTextField(blank=True)
    release = models.ForeignKey(_RELEASE, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    drafted_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    return_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    progress_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    accepted_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worker = EncryptedTextField(blank=True, help_text="Who of the partner answers for it, as it said.")
    reject_reason = models.CharField(max_length=16, choices=RejectReason, blank=True)
    withdraw_reason = models.CharField(max_length=16, choices=WithdrawReason, blank=True)
    return_reason = models.CharField(max_length=16, choices=ReturnReason, blank=True)
    reason_words = EncryptedTextField(blank=True)
    outcome = models.CharField(max_length=16, choices=ReferralOutcome, blank=True)
    outcome_words = EncryptedTextField(blank=True)
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When the sender had dealt with what came back."
    )
    erased_at = models.DateTimeField(null=True, blank=True, help_text="When its words were; dates stay.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-drafted_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partner", "status", "sent_at"], name="partners_by_partner"),
            models.Index(fields=["sender", "status", "sent_at"], name="partners_by_sender"),
            models.Index(
                fields=["remind_at"], condition=Q(status=ReferralStatus.SENT), name="partners_unanswered"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident", "sender", "partner", "takes"],
                condition=Q(status__in=sorted(OPEN)),
                name="one_open_referral_to_a_partner",
            ),
            models.CheckConstraint(condition=~Q(sender=F("partner")), name="referral_goes_to_another"),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(SHOWN | {ReferralStatus.COMPLETED} | CAME_BACK))
                | Q(release__isnull=False, sent_at__isnull=False, return_at__isnull=False),
                name="sent_referral_has_its_release",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.REJECTED) | ~Q(reject_reason=""),
                name="rejected_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.WITHDRAWN) | ~Q(withdraw_reason=""),
                name="withdrawn_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.RETURNED) | ~Q(return_reason=""),
                name="returned_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.COMPLETED) | ~Q(outcome=""),
                name="completed_referral_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether anything may still become of it."""
        return self.status in OPEN

    @property
    def begun_at(self) -> datetime:
        """When it was sent; of a draft, when it was written."""
        return self.sent_at or self.drafted_at

    @property
    def is_reminded(self) -> bool:
        """Whether the partner was reminded of what is due now: its answer, or its next word."""
        return self._is_since_due(self.reminded_at)

    @property
    def is_escalated(self) -> bool:
        """Whether the sender's managers were told that what is due now is late."""
        return self._is_since_due(self.escalated_at)

    def _is_since_due(self, at: datetime | None) -> bool:
        if at is None or self.status not in HELD:
            return at is not None
        return self.progress_due_at is not None and at >= self.progress_due_at
