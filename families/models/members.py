"""Members of a family or others supported, what they are to each other, and how they can be reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from families.enums import Bond, CheckMethod, Consent, MemberRole, PointKind, Relationship, Wish
from families.models.cases import SupportCase
from families.references import member_reference, point_reference
from foundation.fields import EncryptedTextField

_USER = "accounts.User"


class FamilyMember(models.Model):
    """One person who is supported. `is_blocked`: must not be told or sent anything, and why.

    `safe_why`: by what a duty manager knows that they are safe, where somebody in the family may be a danger.
    """

    reference = models.CharField(max_length=16, unique=True, default=member_reference)
    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="members")
    name = EncryptedTextField()
    relationship = models.CharField(max_length=20, choices=Relationship)
    role = models.CharField(max_length=12, choices=MemberRole, default=MemberRole.OTHER)
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    consent_scope = EncryptedTextField("what they agreed to", blank=True)
    languages = models.CharField(max_length=100, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    code_word = EncryptedTextField(blank=True)
    safe_hours = EncryptedTextField("when it is safe to ring", blank=True)
    contact_wish = models.CharField(
        "wish to hear from us", max_length=10, choices=Wish, default=Wish.NOT_ASKED
    )
    follow_up_wish = models.CharField(
        "wish to be followed up", max_length=10, choices=Wish, default=Wish.NOT_ASKED
    )
    is_blocked = models.BooleanField(default=False)
    blocked_why = EncryptedTextField(blank=True)
    safe_why = EncryptedTextField(blank=True)
    safe_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    safe_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(safe_at__isnull=True) | Q(safe_by__isnull=False), name="safe_relative_was_named"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class MemberBond(models.Model):
    """What two members are to each other. In conflict, neither learns anything of the other from us."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="bonds")
    first = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Bond)
    in_conflict = models.BooleanField(default=False)
    why = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="bond_has_one_direction"),
            models.UniqueConstraint(fields=["first", "second"], name="bond_once"),
        ]

    def __str__(self) -> str:
        return f"bond {self.pk}"


class BlockedParty(models.Model):
    """Somebody who may pose as family, or must not find out: nothing is told or sent to them."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="blocked")
    name = EncryptedTextField()
    number = EncryptedTextField(blank=True)
    number_key = models.CharField(max_length=64, blank=True)
    why = EncryptedTextField()
    added_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "blocked parties"

    def __str__(self) -> str:
        return f"blocked party {self.pk}"


class ContactPoint(models.Model):
    """One way to be reached. An unsafe one is kept with why, is no link, and nothing goes to it.

    `value_key` matches what messaging keys an address by, so that equal addresses are found unread.
    """

    reference = models.CharField(max_length=16, unique=True, default=point_reference)
    member = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=6, choices=PointKind)
    value = EncryptedTextField()
    value_key = models.CharField(max_length=64, blank=True)
    is_preferred = models.BooleanField(default=False)
    is_unsafe = models.BooleanField(default=False)
    unsafe_why = EncryptedTextField(blank=True)
    unsafe_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unsafe_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_preferred", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["value_key"], name="families_by_address", condition=~Q(value_key=""))
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(is_unsafe=False) | (~Q(unsafe_why="") & Q(unsafe_at__isnull=False)),
                name="unsafe_point_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_unsafe=False) | Q(is_preferred=False), name="unsafe_point_is_not_preferred"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(is_preferred=True, ended_at__isnull=True),
                name="one_preferred_point",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class IdentityCheck(models.Model):
    """That somebody made certain who they were speaking to, or could not. Never changed."""

    member = models.ForeignKey(FamilyMember, on_delete=models.CASCADE, related_name="checks")
    method = models.CharField(max_length=10, choices=CheckMethod)
    passed = models.BooleanField()
    point = models.ForeignKey(ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"check {self.pk}"
