"""Notes, attachments and photos."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q, Value

from missingcases.enums import Audience, PhotoConsent, ScanStatus
from missingcases.models.incidents import Incident
from missingcases.models.people import MissingPerson
from missingcases.references import file_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
# Postgres takes "gang/CSE" for a path and "gang.He" for a host, each one word, and what a word processor
# makes of quotes and dashes for letters: nobody would find "gang".
_JOINS = "/.\\" + "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0"


def note_words() -> SearchVector:
    """The words of a note's text as `note_by_words` holds them; what is asked goes through `parted`."""
    parted = Func(
        F("text"),
        Value(_JOINS),
        Value(" " * len(_JOINS)),
        function="translate",
        output_field=models.TextField(),
    )
    return SearchVector(parted, config="english")


def parted(words: str) -> str:
    """Words that are looked for, parted as those of the notes are."""
    return words.translate(dict.fromkeys(map(ord, _JOINS), " "))


class Note(models.Model):
    """Words somebody added, for the audience they chose. `organisation` is the writer's."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    named_user_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    text = models.TextField()
    is_significant = models.BooleanField(default=False, help_text="Significant information: review at once.")
    author = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-created_at"], name="note_by_incident"),
            GinIndex(note_words(), name="note_by_words"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Attachment(models.Model):
    """A file, kept by a random name under the media root.

    Images were written anew without their metadata. Anything else is a download only, and only when
    its scan found nothing.
    """

    reference = models.CharField(max_length=16, unique=True, default=file_reference)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="attachments")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    named_user_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    stored_name = models.CharField(max_length=80, unique=True)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan_status = models.CharField(max_length=8, choices=ScanStatus, default=ScanStatus.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.reference


class Photo(models.Model):
    """A picture of the person, with when it was taken and whether it may be published."""

    reference = models.CharField(max_length=16, unique=True, default=file_reference)
    person = models.ForeignKey(MissingPerson, on_delete=models.CASCADE, related_name="photos")
    incident = models.ForeignKey(
        Incident, null=True, blank=True, on_delete=models.CASCADE, related_name="photos"
    )
    stored_name = models.CharField(max_length=80, unique=True)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    taken_on = models.DateField(null=True, blank=True)
    alt_text = models.CharField(max_length=200, blank=True)
    consent = models.CharField(max_length=10, choices=PhotoConsent, default=PhotoConsent.NOT_ASKED)
    consent_by = models.CharField(max_length=200, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    uploaded_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(consent=PhotoConsent.NOT_ASKED)
                | (~Q(consent_by="") & Q(consent_on__isnull=False)),
                name="photo_consent_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
