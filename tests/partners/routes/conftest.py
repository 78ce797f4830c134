"""Incidents with a flag that must be told to somebody."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from missingcases import services as cases
from missingcases.models import Incident
from partners.routes import services
from partners.routes.models import Concern
from tests.cast import Member
from tests.missingcases import making


def flagged(officer: Member, kind: str, **given: Any) -> Incident:
    """An incident on whose person a flag was set."""
    incident = making.report(officer.actor, **given)
    cases.set_flag(
        actor=officer.actor, incident_id=incident.pk, kind=kind, status="suspected", source="A friend"
    )
    return incident


def concern_of(incident: Incident) -> Concern:
    return Concern.objects.get(incident=incident)


def referred(officer: Member, concern: Concern, responder: str = "police", **given: Any) -> Concern:
    values = {"name": "", "reference": "NRM-1", "referred_on": timezone.localdate()} | given
    return services.refer(actor=officer.actor, concern_id=concern.pk, responder=responder, **values)


@pytest.fixture
def child(met_officer: Member) -> Concern:
    return concern_of(flagged(met_officer, "trafficking", date_of_birth=making.child_born()))


@pytest.fixture
def adult(met_officer: Member) -> Concern:
    return concern_of(flagged(met_officer, "trafficking", date_of_birth=making.ADULT))
