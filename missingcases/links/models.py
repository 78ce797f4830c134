"""A link between incidents of two forces that may be about one person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from foundation.references import new_reference
from missingcases.links.enums import LinkStatus

_ORGANISATION = "accounts.Organisation"
_USER = "accounts.User"
_INCIDENT = "missingcases.Incident"


def link_reference() -> str:
    """A new link's reference."""
    return new_reference("LK")


class RecordLink(models.Model):
    """One question of a force to another, and what came of it.

    `incident` is the asking force's. `named` is the reference that it was given, as it was typed: that
    there is such a record, the asking force learns by an acceptance and by nothing else. `theirs` is the
    other force's incident: until the acceptance a guess of our machinery that the asked force alone is shown.
    """

    reference = models.CharField(max_length=16, unique=True, default=link_reference)
    asking = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(_INCIDENT, on_delete=models.CASCADE, related_name="+")
    theirs = models.ForeignKey(_INCIDENT, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    named = models.CharField("reference named", max_length=16, blank=True)
    words = models.TextField("what the other force was told", blank=True)
    status = models.CharField(max_length=10, choices=LinkStatus, default=LinkStatus.ASKED)
    asked_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(asking=F("asked")), name="link_is_of_two_forces"),
            models.CheckConstraint(
                condition=Q(theirs__isnull=True) | ~Q(theirs=F("incident")), name="link_is_of_two_incidents"
            ),
            models.CheckConstraint(
                condition=~Q(status=LinkStatus.ACCEPTED) | Q(theirs__isnull=False),
                name="accepted_link_has_both",
            ),
            models.UniqueConstraint(
                fields=["incident", "asked", "named"],
                condition=Q(status=LinkStatus.ASKED),
                name="link_asked_once",
            ),
            models.UniqueConstraint(
                Least("incident", "theirs"),
                Greatest("incident", "theirs"),
                condition=Q(status=LinkStatus.ACCEPTED),
                name="two_incidents_linked_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked", "status", "-id"], name="links_asked_of"),
            models.Index(fields=["asking", "status", "-id"], name="links_asked_by"),
        ]

    def __str__(self) -> str:
        return self.reference
