"""Nobody calls at a door about a child who has died."""

from __future__ import annotations

import pytest
from django.utils import timezone

from missingcases.events import IncidentClosed
from missingcases.models import Incident
from missingcases.services import record_outcome
from rhi import subscribers
from tests.missingcases import making
from tests.rhi.conftest import referred

pytestmark = pytest.mark.django_db


def test_a_death_ends_what_was_offered(arranged, met_officer, lambeth) -> None:
    referral = referred(met_officer, lambeth)
    for outcome, status in (("located_alive", "referred"), ("located_deceased", "deceased")):
        record_outcome(
            actor=met_officer.actor,
            incident_id=referral.incident_id,
            version=None,
            outcome=making.outcome(outcome=outcome),
        )
        referral.refresh_from_db()
        assert referral.status == status
    assert referral.incident.status != "closed", "nobody waits for the case to be complete"


def test_a_death_that_came_with_the_record_ends_it_as_the_case_is_closed(
    arranged, met_officer, lambeth
) -> None:
    referral = referred(met_officer, lambeth)
    Incident.objects.filter(pk=referral.incident_id).update(outcome="located_deceased")
    subscribers.end_for_closed(IncidentClosed(incident_id=referral.incident_id, at=timezone.now()))
    referral.refresh_from_db()
    assert referral.status == "deceased"
