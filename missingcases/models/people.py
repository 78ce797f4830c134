"""People who have been missing. A person record belongs to one organisation (design.md)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from missingcases.enums import AddressKind, PhoneHolder, PhoneKind, PhoneState, Sex
from missingcases.references import person_reference


class MissingPerson(models.Model):
    """One individual as one organisation knows them. `name_key` is made on writing, for searches.

    `merged_into` names the record that goes on where two turned out to be the same person.
    """

    reference = models.CharField(max_length=16, unique=True, default=person_reference)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=250, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_on = models.DateField(null=True, blank=True, help_text="The day the age was estimated.")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.NOT_KNOWN)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(estimated_age__isnull=True, estimated_on__isnull=True)
                | Q(estimated_age__isnull=False, estimated_on__isnull=False),
                name="estimated_age_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(estimated_age__isnull=True) | Q(estimated_age__lte=125),
                name="estimated_age_is_a_human_age",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="person_is_not_merged_into_itself",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "family_name"], name="person_by_organisation"),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="person_by_name_trigram"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def full_name(self) -> str:
        """Given names and family name, or words that say neither is known."""
        return " ".join(part for part in (self.given_names, self.family_name) if part) or "Name not known"


class Alias(models.Model):
    """Another name somebody goes by."""

    person = models.ForeignKey(MissingPerson, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=240)
    name_key = models.CharField(max_length=250, blank=True)
    kind = models.CharField(
        max_length=12,
        choices=[
            ("nickname", "Nickname"),
            ("former", "Former name"),
            ("alias", "Alias"),
            ("online", "Online"),
        ],
        default="alias",
    )

    class Meta:
        verbose_name_plural = "aliases"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "name"], name="alias_once_a_person")
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="alias_by_name_trigram")
        ]

    def __str__(self) -> str:
        return f"alias {self.pk}"


class Phone(models.Model):
    """A number and what is known of it. The number (E.164) is encrypted; `number_key` finds its equals."""

    person = models.ForeignKey(MissingPerson, on_delete=models.CASCADE, related_name="phones")
    number = EncryptedTextField()
    number_key = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=10, choices=PhoneKind, default=PhoneKind.NOT_KNOWN)
    verified = models.BooleanField(default=False)
    state = models.CharField(max_length=14, choices=PhoneState, default=PhoneState.NOT_KNOWN)
    held_by = models.CharField(max_length=12, choices=PhoneHolder, default=PhoneHolder.NOT_KNOWN)
    is_foreign = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "number_key"], name="phone_once_a_person")
        ]

    def __str__(self) -> str:
        return f"phone {self.pk}"


class Address(models.Model):
    """Where somebody lives or has lived; the words are encrypted."""

    person = models.ForeignKey(MissingPerson, on_delete=models.CASCADE, related_name="addresses")
    text = EncryptedTextField()
    area = models.ForeignKey("places.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=AddressKind, default=AddressKind.HOME)
    lived_from = models.DateField(null=True, blank=True)
    lived_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "addresses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(lived_from__isnull=True)
                | Q(lived_until__isnull=True)
                | Q(lived_until__gte=models.F("lived_from")),
                name="address_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"
