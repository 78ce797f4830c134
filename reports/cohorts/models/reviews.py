"""A review: a frozen list of incidents, read by two, coded against a code book."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.accounts.enums import OrganisationKind
from foundation.fields import EncryptedTextField
from foundation.references import new_reference
from reports.cohorts.enums import COMPARED, ReadingStatus, ReviewStatus, Value
from reports.cohorts.models.wording import BookVersion, ListVersion, Theme

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def review_reference() -> str:
    """A new review's reference."""
    return new_reference("CR")


class Review(models.Model):
    """One review. `status` is written only by `foundation.states.move`.

    `chosen` are the answers that the cohort was chosen by (`choosing.Chosen`), `lot` the seed of the order in
    which cases are read and of the sample. `found` and `taken` were counted as the list was frozen, `result`
    when both readers had finished.
    """

    reference = models.CharField(max_length=16, unique=True, default=review_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    question = models.TextField(max_length=1000, help_text="What the review is to answer.")
    lead = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    first_reader = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    second_reader = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(BookVersion, on_delete=models.PROTECT, related_name="+")
    lists: models.ManyToManyField[ListVersion, ListVersion] = models.ManyToManyField(
        ListVersion, related_name="+"
    )
    chosen = models.JSONField(default=dict)
    sample = models.PositiveIntegerField(null=True, blank=True, help_text="How many are drawn; empty: all.")
    lot = models.CharField(max_length=16)
    status = models.CharField(max_length=9, choices=ReviewStatus, default=ReviewStatus.CHOOSING)
    found = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    first_finished_at = models.DateTimeField(null=True, blank=True)
    second_finished_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(first_reader=F("second_reader")), name="cohort_readers_are_two"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ReviewStatus.READING, *sorted(COMPARED)])
                | Q(frozen_at__isnull=False, taken__isnull=False, found__isnull=False),
                name="cohort_begun_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(COMPARED))
                | Q(
                    first_finished_at__isnull=False,
                    second_finished_at__isnull=False,
                    compared_at__isnull=False,
                ),
                name="cohort_compared_when_both_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def counts_people(self) -> bool:
        """Whether it tells which incidents are of one person: to a force. To the charity an incident is
        released, and not who else's it is."""
        return self.organisation.kind != OrganisationKind.CHARITY

    @property
    def reader_ids(self) -> tuple[int, int]:
        """The first and the second reader."""
        return self.first_reader_id, self.second_reader_id


class Case(models.Model):
    """One incident of a review's frozen list, by its number in the order of reading."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="cases")
    number = models.PositiveIntegerField()
    incident = models.ForeignKey("missingcases.Incident", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "number"], name="cohort_case_number_once"),
            models.UniqueConstraint(fields=["review", "incident"], name="cohort_incident_once"),
        ]

    def __str__(self) -> str:
        return f"case {self.number} of review {self.review_id}"


class Reading(models.Model):
    """One reader's work on one case; `memo` is for themselves until both have finished."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=4, choices=ReadingStatus, default=ReadingStatus.OPEN)
    memo = EncryptedTextField(blank=True, default="")
    opened_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "reader"], name="cohort_reading_once"),
            models.CheckConstraint(
                condition=Q(status=ReadingStatus.OPEN) | Q(done_at__isnull=False),
                name="cohort_done_reading_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Code(models.Model):
    """What one reader says of one theme in one case."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=7, choices=Value)
    coded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reading", "theme"], name="cohort_theme_coded_once")
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Decision(models.Model):
    """What the two readers settled on where they had differed, and why; written once they had talked."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=7, choices=Value)
    reason = EncryptedTextField()
    decided_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "theme"], name="cohort_decided_once")
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"
