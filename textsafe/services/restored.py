"""After a restore: texts that had been taken back are held back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from foundation.accounts.models import User
from missingcases.models import Incident
from missingcases.services import lock_incident
from textsafe.models import Request, Veto
from textsafe.selectors import veto_on
from textsafe.services.stopping import hold_back


def withdraw_again(ids: Mapping[str, Any]) -> bool:
    """A request had been withdrawn."""
    request = Request.objects.filter(pk=ids["request_id"]).first()
    if request is None:
        return False
    lock_incident(request.incident_id)
    hold_back(Request.objects.filter(pk=request.pk), at=timezone.now(), cause="withdrawn")
    return True


def veto_again(ids: Mapping[str, Any]) -> bool:
    """An officer had said that no text be sent for an incident."""
    incident_id = ids["incident_id"]
    rows = Request.objects.filter(incident_id=incident_id, sent_at__isnull=True)
    known = Incident.objects.filter(pk=incident_id).exists()
    if not known or not User.objects.filter(pk=ids["made_by_id"]).exists():
        return False
    incident = lock_incident(incident_id)
    now = timezone.now()
    if veto_on(incident_id) is None:
        Veto.objects.create(
            incident=incident,
            made_by_id=ids["made_by_id"],
            made_at=now,
            reason="Made again from the ledger after a restore.",
        )
    hold_back(rows, at=now, cause="veto")
    return True
