"""Concerns that a responder must hear of, and notices that name nobody."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from foundation.references import new_reference
from partners.routes.enums import OPEN, ConcernStatus, Kind, Path, Responder

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def concern_reference() -> str:
    """A new concern's reference."""
    return new_reference("CN")


def notice_reference() -> str:
    """A new notice's reference."""
    return new_reference("NN")


class Concern(models.Model):
    """What somebody missing may be a victim of, and by which way it goes to whom.

    `authority` is the one told of a child. `due_at` is when the next step is due, None once there is none.
    `responder_name` says which one, and who there, where `responder` is a kind.
    """

    reference = models.CharField(max_length=16, unique=True, default=concern_reference)
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=20, choices=Path)
    status = models.CharField(max_length=16, choices=ConcernStatus, default=ConcernStatus.RAISED)
    by_flag = models.CharField(max_length=24, blank=True)
    raised_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    why = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    authority = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authority_person = models.CharField(max_length=120, blank=True)
    authority_told_at = models.DateTimeField(null=True, blank=True)
    consent_asked_at = models.DateTimeField(null=True, blank=True)
    responder = models.CharField(max_length=24, choices=Responder, blank=True)
    responder_name = models.CharField(max_length=120, blank=True)
    responder_reference = models.CharField(max_length=60, blank=True)
    referred_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["incident", "kind"],
                condition=Q(status__in=sorted(OPEN)),
                name="one_open_concern_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(OPEN)) | Q(ended_at__isnull=False, due_at__isnull=True),
                name="ended_concern_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=ConcernStatus.REFERRED)
                | ~Q(responder="") & ~Q(responder_reference="") & Q(referred_on__isnull=False),
                name="referred_concern_says_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status=ConcernStatus.REFERRED, path=Path.CHILD)
                | Q(authority__isnull=False, authority_told_at__isnull=False),
                name="referred_child_was_told_of_first",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(status__in=sorted(OPEN)), name="concern_by_due")
        ]

    def __str__(self) -> str:
        return self.reference


class Notice(models.Model):
    """An adult's trafficking, told under the duty to notify without their consent: it names nobody.

    There is no key to a person, an incident or a concern, no words, no author and no day: a notice cannot be
    joined to whom it is about, nor by its number, which says nothing of when it was written. `month` is the
    first of the month.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True, default=notice_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    responder = models.CharField(max_length=24, choices=Responder)
    month = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-month", "reference"]

    def __str__(self) -> str:
        return self.reference
