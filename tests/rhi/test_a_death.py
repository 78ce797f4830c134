"""Nobody calls at a door about a child who has died."""

from __future__ import annotations

import pytest
from django.utils import timezone

from config.switchboard import ROUTES
from foundation.events.models import Owed
from missingcases.events import IncidentClosed
from missingcases.models import Incident
from missingcases.services import record_outcome
from rhi import services, subscribers
from rhi.models import Referral
from tests.cast import Member
from tests.missingcases import making
from tests.rhi.conftest import referred

pytestmark = pytest.mark.django_db


def outcome_recorded(officer: Member, referral: Referral, outcome: str) -> None:
    record_outcome(
        actor=officer.actor,
        incident_id=referral.incident_id,
        version=None,
        outcome=making.outcome(outcome=outcome),
    )


def test_a_death_ends_what_was_offered(arranged, met_officer, lambeth) -> None:
    referral = referred(met_officer, lambeth)
    for outcome, status in (("located_alive", "referred"), ("located_deceased", "deceased")):
        outcome_recorded(met_officer, referral, outcome)
        referral.refresh_from_db()
        assert referral.status == status
    assert referral.incident.status != "closed", "nobody waits for the case to be complete"


def test_a_death_that_was_recorded_in_error_lets_the_interview_be_offered_anew(
    arranged, met_officer, lambeth
) -> None:
    referral = referred(met_officer, lambeth)
    for outcome in ("located_deceased", "located_alive"):
        outcome_recorded(met_officer, referral, outcome)
    owed = Owed.objects.filter(event="missingcases.PersonReturned", payload__incident_id=referral.incident_id)
    assert owed.filter(subscriber="rhi.subscribers.open_for_return").exists()
    anew = services.open_for_return(incident_id=referral.incident_id)
    assert anew is not None
    assert (anew.status, Referral.objects.get(pk=referral.pk).status) == ("referred", "deceased")


def test_a_death_that_came_with_the_record_ends_it_as_the_case_is_closed(
    arranged, met_officer, lambeth
) -> None:
    referral = referred(met_officer, lambeth)
    Incident.objects.filter(pk=referral.incident_id).update(outcome="located_deceased")
    assert subscribers.end_for_closed in ROUTES[IncidentClosed].afterwards
    subscribers.end_for_closed(IncidentClosed(incident_id=referral.incident_id, at=timezone.now()))
    referral.refresh_from_db()
    assert referral.status == "deceased"
