"""Who acknowledges what is on the desk, and who sets its times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from missingcases import services
from missingcases.desk import policies
from missingcases.models import Incident
from tests.cast import Member, member, organisation
from tests.missingcases import making

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.fixture
def incident(met_officer: Member) -> Incident:
    return making.report(met_officer.actor)


def test_police_of_the_force_that_holds_it_acknowledge(
    incident: Incident, met_officer: Member, kent_officer: Member, caseworker: Member
) -> None:
    assert policies.may_acknowledge(met_officer.actor, incident) is None
    assert code(policies.may_acknowledge(kent_officer.actor, incident)) == "other_organisation"
    assert code(policies.may_acknowledge(caseworker.actor, incident)) == "role"


def test_a_machine_acknowledges_nothing(incident: Incident, met_officer: Member) -> None:
    machine = replace(met_officer.actor, user_id=None)
    assert code(policies.may_acknowledge(machine, incident)) == "role"


def test_who_is_not_named_on_a_restricted_incident_does_not_acknowledge_it(
    incident: Incident, met_supervisor: Member, second_met_officer: Member
) -> None:
    services.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="A witness.")
    assert code(policies.may_acknowledge(second_met_officer.actor, incident)) == "other_organisation"


def test_an_administrator_of_a_force_sets_its_times(met_officer: Member, administrator: Member) -> None:
    force = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    keeper = member("administrator@met.example", "Joan Hale", force, Role.ADMINISTRATOR)
    assert policies.may_set_times(keeper.actor) is None
    assert code(policies.may_set_times(replace(keeper.actor, user_id=None))) == "role"
    assert code(policies.may_set_times(met_officer.actor)) == "role"
    assert code(policies.may_set_times(administrator.actor)) == "role", "the charity's"
