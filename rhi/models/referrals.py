"""A child's return, and what is owed to them for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import User
from foundation.fields import EncryptedTextField
from missingcases.models import MissingPerson
from rhi.enums import (
    AWAITED,
    ENDED,
    BreachReason,
    DeclineReason,
    EndedBy,
    GenderPreference,
    Origin,
    ReferralStatus,
)
from rhi.references import referral_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


class Referral(models.Model):
    """One return of one child, for whom an interview is to be offered.

    The provider's record. Who the child is, their flags and what the force heard stand in `release`, a
    copy that the force gave and can take back; nothing here repeats it. A new answer to an offer replaces
    the one before; the trail keeps both. `clock_start` is the return and
    `due_at` 72 hours later; a time that was missed is asked its reason, once the reason is known.
    """

    reference = models.CharField(max_length=16, unique=True, default=referral_reference)
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    age_at_return = models.PositiveSmallIntegerField(null=True, blank=True)
    looked_after = models.BooleanField(default=False)
    authority = models.ForeignKey(
        _ORGANISATION,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The responsible authority: of a looked-after child the one that placed them.",
    )
    host_authority = models.ForeignKey(
        _ORGANISATION,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The authority the child is placed in, where it is another.",
    )
    provider = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin)
    referred_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()
    release = models.ForeignKey(
        "missingcases.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    report = models.ForeignKey(
        "missingcases.Release",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What the authority was given; it acknowledges it there.",
    )

    status = models.CharField(max_length=20, choices=ReferralStatus, default=ReferralStatus.REFERRED)
    interviewer = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField(null=True, blank=True)
    clock_start = models.DateTimeField()
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    limits_explained_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=26, choices=DeclineReason, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True, help_text="When the interview was held.")
    settled_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it was clear whether there is an interview: the report's clock.",
    )
    report_due_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    breach_reason = models.CharField(max_length=18, choices=BreachReason, blank=True)
    report_breach_reason = models.CharField(max_length=18, choices=BreachReason, blank=True)
    ended_by = models.CharField(max_length=20, choices=EndedBy, blank=True)
    next_incident = models.ForeignKey(
        "missingcases.Incident",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The next time the child went missing, before there was an interview.",
    )

    child_called = EncryptedTextField(blank=True, help_text="What whoever referred them by hand calls them.")
    carer = EncryptedTextField(blank=True)
    safe_contact = EncryptedTextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs = EncryptedTextField(blank=True)
    gender_preference = models.CharField(
        max_length=6, choices=GenderPreference, default=GenderPreference.NONE
    )
    worker_safety = EncryptedTextField(blank=True)
    cared_for_by = EncryptedTextField(
        blank=True, help_text="The home, agency or team that cares for the child, one a line."
    )
    known_to: models.ManyToManyField[User, models.Model] = models.ManyToManyField(
        _USER, related_name="+", blank=True, help_text="Interviewers who said that they know the child."
    )
    summary = EncryptedTextField(blank=True, help_text="What the authority is told where none was held.")
    told = models.CharField(
        max_length=14, blank=True, help_text="How the force's systems were last told that it stands."
    )
    told_version = models.PositiveIntegerField(default=0, help_text="Up to which version that was looked at.")
    erased_at = models.DateTimeField(null=True, blank=True, help_text="When its words were; figures stay.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["provider", "status", "due_at"], name="rhi_by_provider"),
            models.Index(fields=["authority", "status", "due_at"], name="rhi_by_authority"),
            models.Index(fields=["host_authority", "status", "due_at"], name="rhi_by_host"),
            models.Index(fields=["interviewer", "status", "due_at"], name="rhi_by_interviewer"),
            models.Index(fields=["updated_at"], condition=~Q(told_version=F("version")), name="rhi_to_tell"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=~Q(status__in=sorted(ENDED)),
                name="one_running_referral_an_incident",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("clock_start")), name="rhi_due_after_return"),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(AWAITED - {ReferralStatus.REFERRED}))
                | Q(interviewer__isnull=False),
                name="rhi_allocated_has_its_interviewer",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.COMPLETED) | Q(completed_at__isnull=False),
                name="rhi_held_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ReferralStatus.DECLINED, ReferralStatus.UNABLE])
                | ~Q(decline_reason=""),
                name="rhi_not_held_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReferralStatus.REPORTED) | Q(reported_at__isnull=False),
                name="rhi_reported_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def child(self) -> MissingPerson:
        """Whose return it is. Who reads a referral is told of them by `release`, never from here."""
        return self.incident.person

    @property
    def is_running(self) -> bool:
        """Whether anything is still to be done about it."""
        return self.status not in ENDED

    @property
    def out_of_area(self) -> bool:
        """Whether the child is placed in the area of another authority than their own."""
        return self.host_authority_id is not None and self.host_authority_id != self.authority_id
