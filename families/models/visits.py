"""Visits to a relative at home by a worker who goes alone (`foundation.visits`), and when they call."""

from __future__ import annotations

from django.db import models

from families.models.cases import SupportCase
from families.models.members import FamilyMember
from families.references import visit_reference
from foundation.fields import EncryptedTextField
from foundation.visits.models import LoneVisit, VisitRuleBase


class Visit(LoneVisit):
    """One visit for a case. `telephone` is the worker's own on this way: it is called first."""

    reference = models.CharField(max_length=16, unique=True, default=visit_reference)
    case = models.ForeignKey(SupportCase, on_delete=models.PROTECT, related_name="visits")
    member = models.ForeignKey(
        FamilyMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    telephone = EncryptedTextField(blank=True)


class VisitRule(VisitRuleBase):
    """The charity's duty telephone for its family workers, and how soon a visit that does not end calls."""
