"""What is known of interviewers when children are shared out, and whom their visits call."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.accounts.models import Organisation
from foundation.fields import EncryptedTextField
from foundation.visits.models import VisitRuleBase
from rhi.enums import Gender

_ORGANISATION = "accounts.Organisation"


class InterviewerProfile(models.Model):
    """An interviewer's languages, areas and capacity, and for whom they work or worked.

    `worked_for` are authorities; `care_providers` homes, agencies and whoever else cares for children, in
    words. Nobody interviews a child of a body that they worked for, and nobody overrides that.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    languages = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    areas: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        _ORGANISATION, related_name="+", blank=True
    )
    gender = models.CharField(max_length=6, choices=Gender, blank=True)
    capacity = models.PositiveSmallIntegerField(default=5, help_text="How many children at a time.")
    worked_for: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        _ORGANISATION, related_name="+", blank=True
    )
    care_providers = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    telephone = EncryptedTextField(blank=True, help_text="Called first when a visit does not end.")
    is_available = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "organisation"], name="rhi_profile_once_an_organisation")
        ]

    def __str__(self) -> str:
        return f"interviewer {self.user_id}"


class VisitRule(VisitRuleBase):
    """A provider's duty telephone, and how soon a visit that does not end calls."""
