"""Requests of people for what is held about them, and each thing that was found."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.subject_access.enums import Decision, Mark, RequestStatus

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def request_reference() -> str:
    """A new request's reference."""
    return new_reference("DS")


class AccessRequest(models.Model):
    """One person's request to one organisation: of a missing person, or of somebody a service knows."""

    reference = models.CharField(max_length=16, unique=True, default=request_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "missingcases.MissingPerson", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Somebody who is no missing person: the record of a service, by its label, id and reference.
    other_label = models.CharField(max_length=80, blank=True)
    other_id = models.BigIntegerField(null=True, blank=True)
    other_reference = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=14, choices=RequestStatus, default=RequestStatus.RECEIVED)
    asked = EncryptedTextField("who asks, and how to answer them")
    received_on = models.DateField()
    due_on = models.DateField()
    extension_reason = EncryptedTextField("why it was extended", blank=True)
    identity = EncryptedTextField("how the identity was checked", blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = models.ForeignKey(
        _USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # The worker's place: incidents that are done, so that another one goes on from there.
    collected = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    reviewed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stored_as = models.CharField(max_length=200, blank=True, help_text="Path below MEDIA_ROOT; never served.")
    given_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    given_how = EncryptedTextField("how it was given", blank=True)
    wipe_at = models.DateTimeField(null=True, blank=True)
    wiped_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-received_on", "-id"], name="access_of_body"),
            models.Index(
                fields=["wipe_at"],
                condition=Q(wipe_at__isnull=False, wiped_at__isnull=True),
                name="access_to_wipe",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(other_id__isnull=False),
                name="access_is_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("reviewed_by")),
                name="access_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.GIVEN)
                | Q(given_at__isnull=False, confirmed_by__isnull=False),
                name="given_access_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def about(self) -> str:
        """The reference of whom it is about."""
        return self.person.reference if self.person else self.other_reference


class AccessItem(models.Model):
    """One record that was found, as it read then; `content` is JSON (pairs of label and words), encrypted."""

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="items")
    model = models.CharField(max_length=80)
    row_id = models.BigIntegerField(default=0)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()
    content = EncryptedTextField()
    caution = models.CharField(max_length=300, blank=True, help_text="Why it is weighed before it is given.")
    stored_file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    marks = ArrayField(models.CharField(max_length=16, choices=Mark), default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    reason = EncryptedTextField("why it is withheld", blank=True)
    may_be_named = models.BooleanField(
        default=False, help_text="Withheld: the pack says that something of this kind is."
    )
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request", "model", "row_id"], condition=~Q(row_id=0), name="access_item_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["request", "decision", "id"], name="access_item_by_decision"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
