"""Views that somebody keeps, and files of what they may see."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.references import new_reference

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"


def view_reference() -> str:
    """A new view's reference."""
    return new_reference("VW")


def export_reference() -> str:
    """A new export's reference."""
    return new_reference("EX")


class Listing(models.TextChoices):
    """The pages that list incidents."""

    INCIDENTS = "incidents", "Incidents"
    SEARCH = "search", "Search"


class SavedView(models.Model):
    """The answers of a list's filter form under a name; what it shows, each reader's own visibility says."""

    reference = models.CharField(max_length=16, unique=True, default=view_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(_USER, on_delete=models.CASCADE, related_name="+")
    listing = models.CharField(max_length=10, choices=Listing)
    name = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "owner", "listing", "name"], name="view_named_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "owner", "listing"],
                condition=Q(is_default=True),
                name="view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def opened(self) -> dict[str, str]:
        """The answers, with the view's own mark, so that a view without any is not taken for no view."""
        return {**self.answers, "view": self.reference}


class ExportStatus(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Ready"
    GONE = "gone", "Deleted"


class Export(models.Model):
    """One file of incidents. After a day the file, what was asked and the ids in it are gone."""

    reference = models.CharField(max_length=16, unique=True, default=export_reference)
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    filters = models.JSONField(default=dict, help_text="As `selectors.Filters`.")
    status = models.CharField(max_length=8, choices=ExportStatus, default=ExportStatus.WAITING)
    stored_as = models.CharField(max_length=200, blank=True, help_text="Path below MEDIA_ROOT; never served.")
    total = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    was_cut = models.BooleanField(default=False)
    incident_ids = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["updated_at"],
                condition=~Q(status="gone"),
                name="export_not_gone",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_done(self) -> bool:
        """Whether nothing more happens to it by itself soon."""
        return self.status in {ExportStatus.DONE, ExportStatus.GONE}
