"""How a force shares its appeals, and whether its own pages carry our fragment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from appeals.enums import AppealKind, FragmentProblem, Sharing

_USER = "accounts.User"


class SharingPolicy(models.Model):
    """What becomes of the appeals that one force's systems send; `page_url` is where it embeds our words."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    sharing = models.CharField(max_length=6, choices=Sharing, default=Sharing.OFF)
    kind = models.CharField(max_length=18, choices=AppealKind, default=AppealKind.STANDARD)
    feed_url = models.URLField(max_length=300, blank=True)
    feed_next_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it is read next; while somebody reads it, when they are given up.",
    )
    feed_read_at = models.DateTimeField(null=True, blank=True)
    feed_problem = models.CharField(
        max_length=80, blank=True, help_text="Why it could not be read the last time."
    )
    feed_failed_since = models.DateTimeField(null=True, blank=True)
    feed_etag = models.CharField(max_length=300, blank=True)
    feed_modified = models.CharField(max_length=60, blank=True)
    feed_items = models.PositiveIntegerField(default=0, help_text="How many it held when it was read last.")
    feed_problems = models.JSONField(
        default=list, blank=True, help_text="What of it could not be taken, and since when: no content of it."
    )
    changed_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "sharing policies"

    def __str__(self) -> str:
        return f"sharing policy of {self.organisation_id}"


class FragmentCheck(models.Model):
    """One page of a force that has to carry our fragment, and what the last look at it found."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=300)
    is_active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    found = models.BooleanField(null=True, blank=True)
    problem = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When it was last found there.")
    missing_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The first look that did not find it, of those since the last that did.",
    )
    next_at = models.DateTimeField(default=timezone.now, help_text="When it may be looked at again.")
    added_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=models.Q(is_active=True), name="fragment_page_due")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "url"], name="fragment_page_once")
        ]

    def __str__(self) -> str:
        return f"fragment check {self.pk}"

    @property
    def said_problem(self) -> str:
        """What is wrong, for people."""
        if self.problem.isdecimal():
            return f"The page answered with an error ({self.problem})"
        return str(FragmentProblem(self.problem).label) if self.problem else ""
