"""An alert that is out."""

from __future__ import annotations

import pytest

from alerts.models import ChildRescueAlert
from alerts.public import finished
from foundation.accounts.enums import OrganisationKind, Role
from missingcases.models import Incident
from tests.alerts.public import making
from tests.alerts.public.channels import (  # noqa: F401 - fixtures
    board,
    desk,
    desk_ready,
    feed,
    made_files,
    networks,
)
from tests.appeals.making import open_incident
from tests.cast import member, organisation


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    finished._kept.clear()


@pytest.fixture
def people(met_officer, met_superintendent, duty_manager) -> making.People:
    """Who proposes, authorises, agrees and issues."""
    agency = organisation("nca-test", OrganisationKind.NATIONAL_UNIT, "National unit")
    return (
        met_officer,
        met_superintendent,
        member("unit@nca.example", "Noor Aziz", agency, Role.NATIONAL_UNIT),
        duty_manager,
    )


@pytest.fixture
def incident(met_officer, met_supervisor) -> Incident:
    return open_incident(met_officer.actor, met_supervisor.actor)


@pytest.fixture
def out(people: making.People, incident: Incident) -> ChildRescueAlert:
    """Issued, in both languages."""
    return making.issued(incident, people)
