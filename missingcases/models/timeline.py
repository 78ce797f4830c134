"""The timeline: what happened, each entry for its own audience."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from missingcases.enums import Audience
from missingcases.models.incidents import Incident


class TimelineEntry(models.Model):
    """One happening. `summary` is a short sentence of ours; what people wrote stays on its own row."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    summary = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience)
    organisation = models.ForeignKey(
        "accounts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose entry it is; a charity's entry is seen by that charity alone.",
    )
    named_user_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    subject_label = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["incident", "-at", "-id"], name="timeline_by_incident")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(audience=Audience.CHARITY) | Q(organisation__isnull=False),
                name="charity_entry_names_the_charity",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.NAMED) | ~Q(named_user_ids=[]),
                name="named_entry_names_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
