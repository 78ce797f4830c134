"""What is looked for and what is coded. A version is written once and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.references import new_reference
from reports.cohorts.concepts import Term, from_stored
from reports.cohorts.enums import Language

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def list_reference() -> str:
    """A new concept list's reference."""
    return new_reference("CL")


def book_reference() -> str:
    """A new code book's reference."""
    return new_reference("CB")


class ConceptList(models.Model):
    """What somebody looks for under one name; its words are in its versions."""

    reference = models.CharField(max_length=16, unique=True, default=list_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "name"], name="cohort_list_named_once")
        ]

    def __str__(self) -> str:
        return self.reference


class ListVersion(models.Model):
    """The words of a list as somebody wrote them; `terms` as `concepts.as_stored`."""

    concept_list = models.ForeignKey(ConceptList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    why = models.CharField("why it was changed", max_length=200, blank=True)
    written_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["concept_list", "number"], name="cohort_list_version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of list {self.concept_list_id}"

    @property
    def read_terms(self) -> tuple[Term, ...]:
        """The terms."""
        return from_stored(self.terms)


class CodeBook(models.Model):
    """The themes that an organisation codes under one name."""

    reference = models.CharField(max_length=16, unique=True, default=book_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "name"], name="cohort_book_named_once")
        ]

    def __str__(self) -> str:
        return self.reference


class Theme(models.Model):
    """One theme with its definition. Another definition is another theme: codes stay with what was meant."""

    book = models.ForeignKey(CodeBook, on_delete=models.PROTECT, related_name="themes")
    name = models.CharField(max_length=80)
    definition = models.TextField(max_length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"theme {self.pk}"


class BookVersion(models.Model):
    """The themes of a code book as they stood, in their order."""

    book = models.ForeignKey(CodeBook, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    why = models.CharField("why it was changed", max_length=200, blank=True)
    written_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["book", "number"], name="cohort_book_version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of book {self.book_id}"


class BookTheme(models.Model):
    """That a version has a theme, and at which place."""

    version = models.ForeignKey(BookVersion, on_delete=models.CASCADE, related_name="places")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "theme"], name="cohort_theme_once_a_version"),
            models.UniqueConstraint(fields=["version", "place"], name="cohort_theme_place_once"),
        ]

    def __str__(self) -> str:
        return f"theme {self.theme_id} in {self.version_id}"
