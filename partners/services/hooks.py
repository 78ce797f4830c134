"""Telling a force's own systems that a referral of theirs stands otherwise: a reference, nothing more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from missingcases.hooks import services as hooks
from partners.models import Referral

KIND = "partners.status"


@transaction.atomic
def tell_systems(referral_id: int, at: datetime) -> None:
    """Afterwards: the force that owns the incident hears of a referral that it sent, and of no other's."""
    referral = Referral.objects.select_related("incident").get(pk=referral_id)
    if referral.sender_id == referral.incident.owner_id:
        hooks.tell(kind=KIND, incident_id=referral.incident_id, at=at, subject=referral.reference)
