"""Visits to a child or carer by an interviewer who goes alone (`foundation.visits`)."""

from __future__ import annotations

from django.db import models

from foundation.visits.models import LoneVisit
from rhi.models.referrals import Referral
from rhi.references import visit_reference


class Visit(LoneVisit):
    """One visit of the referral's interviewer."""

    reference = models.CharField(max_length=16, unique=True, default=visit_reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="visits")
