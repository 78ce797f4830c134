"""Withdrawals of the ledger, done again in a database that has forgotten them."""

from __future__ import annotations

import pytest

from foundation.exceptions import NotVisible
from missingcases import services as cases
from missingcases.enums import ReleaseKind
from missingcases.models import Incident
from missingcases.services import restored as cases_restored
from tests.missingcases.making import located, missing, report
from tests.textsafe.conftest import ask, clock  # noqa: F401 - a fixture
from textsafe.models import Veto
from textsafe.services import restored as texts_restored

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clock, charity, met_officer, met_supervisor) -> Incident:  # noqa: F811
    return missing(met_supervisor.actor, report(met_officer.actor, estimated_age=15))


def test_a_request_that_was_withdrawn_is_held_back_again(incident, met_officer) -> None:
    request = ask(incident, met_officer.actor)
    assert texts_restored.withdraw_again({"request_id": request.pk})
    request.refresh_from_db()
    assert request.status == "cancelled"
    assert request.closed_early_at


def test_a_veto_is_made_again_once(incident, met_officer) -> None:
    request = ask(incident, met_officer.actor)
    for _ in range(2):
        told = {"incident_id": incident.pk, "made_by_id": met_officer.user.pk}
        assert texts_restored.veto_again(told)
    request.refresh_from_db()
    assert request.status == "cancelled"
    assert Veto.objects.filter(incident=incident).count() == 1


def test_a_stop_holds_back_its_texts_and_one_already_entered_changes_nothing(incident, met_officer) -> None:
    request = ask(incident, met_officer.actor)
    assert cases_restored.stop_again({"incident_id": incident.pk, "cause": "located"})
    request.refresh_from_db()
    assert request.status == "cancelled"

    located(met_officer.actor, incident)
    before = Incident.objects.get(pk=incident.pk).version
    assert cases_restored.stop_again({"incident_id": incident.pk, "cause": "located"})
    assert Incident.objects.get(pk=incident.pk).version == before


def test_a_release_that_was_taken_back_is_shown_no_more(incident, met_officer, charity, caseworker) -> None:
    release = cases.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=charity.pk,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields={"age_group": "child"},
        purpose="Search",
        lawful_basis="public_task",
        reason="They search for us.",
        desk="charity_caseworker",
    )
    for _ in range(2):
        assert cases_restored.revoke_again({"release_id": release.pk})
    release.refresh_from_db()
    assert release.status == "revoked"
    with pytest.raises(NotVisible):
        cases.read_release(actor=caseworker.actor, release_id=release.pk)
