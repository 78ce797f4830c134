"""Invitations know whom they are for, answers do not. No key leads from one to the other."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from missingcases.voice.enums import (
    LINKED,
    LIVE,
    AskedBy,
    InvitationStatus,
    Language,
    Respondent,
    Service,
)

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def invitation_reference() -> str:
    """A new invitation's reference."""
    return new_reference("HW")


def random_number() -> int:
    """A key that tells nothing of when its row came, and stands in no order."""
    return secrets.randbelow(2**62) + 1


class Invitation(models.Model):
    """That somebody said yes to being asked, and what became of it.

    `source` and `source_id` name the record of the service that knows them; `way` one of that record's
    ways of reaching them, where the link was texted. Of the link there is only a hash.
    """

    reference = models.CharField(max_length=16, unique=True, default=invitation_reference)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(
        "missingcases.Incident", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    force = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    respondent = models.CharField("who was asked", max_length=6, choices=Respondent)
    service = models.CharField("what they were helped by", max_length=9, choices=Service)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    family_asked = models.BooleanField("the family itself asked to be heard", default=False)
    asked_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    asked_in = models.CharField("how they said yes", max_length=9, choices=AskedBy)
    asked_at = models.DateTimeField("when they said yes")
    expires_at = models.DateTimeField()
    status = models.CharField(max_length=9, choices=InvitationStatus, default=InvitationStatus.ASKED)
    token_hash = models.CharField(max_length=64, blank=True)
    way = models.BigIntegerField(null=True, blank=True)
    message_id = models.BigIntegerField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="When whom it was for was forgotten."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "force", "asked_at"], name="voice_by_charity"),
            models.Index(fields=["expires_at"], condition=Q(status__in=sorted(LIVE)), name="voice_to_end"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="voice_link_is_one_invitations"
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=Q(status__in=sorted(LIVE), source_id__isnull=False),
                name="voice_one_live_invitation",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(LINKED)) | ~Q(token_hash=""), name="voice_given_link_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(LINKED)) | Q(token_hash=""), name="voice_ended_link_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Submission(models.Model):
    """One form as it was sent from the public site: inserted there, parted from its link by a worker, gone.

    `token_hash` makes two that race one; `form_key` tells a form sent twice from a link used twice.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    form_key = models.UUIDField()
    body = EncryptedTextField()

    def __str__(self) -> str:
        return f"submission {self.pk}"


class Answer(models.Model):
    """What somebody answered. Nothing of who: a random key, a month, and what the figures need."""

    id = models.BigIntegerField(primary_key=True, default=random_number, editable=False)
    charity = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey(
        _ORGANISATION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    respondent = models.CharField(max_length=6, choices=Respondent)
    service = models.CharField(max_length=9, choices=Service)
    month = models.DateField(help_text="Its first day.")
    questions = models.PositiveSmallIntegerField(help_text="The version of the questions.")
    answers = models.JSONField(default=dict)
    words = EncryptedTextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["charity", "month"], name="voice_answer_by_charity"),
            models.Index(fields=["force", "month"], name="voice_answer_by_force"),
        ]

    def __str__(self) -> str:
        return f"answer of {self.month:%Y-%m}"
