"""An incident of the Met of which the charity was told something, and one of which it was not."""

from __future__ import annotations

import pytest

from missingcases.agreements.models import Agreement
from missingcases.intelligence.models import Report
from missingcases.models import Incident
from tests.missingcases import making
from tests.missingcases.intelligence import making as making_of
from tests.missingcases_pages import world


@pytest.fixture
def incident(met_officer) -> Incident:
    """The charity does not know of it."""
    return making.report(met_officer.actor)


@pytest.fixture
def told_of_incident(met_officer, charity) -> Incident:
    """The force asked the charity for something about it."""
    incident = making.report(met_officer.actor)
    world.released(incident, met_officer.actor, charity.pk)
    return incident


@pytest.fixture
def agreed(charity, met, caseworker, met_supervisor) -> Agreement:
    """The charity and the Met have agreed what an intelligence report may carry."""
    return making_of.agreement(caseworker, met_supervisor)


@pytest.fixture
def sent(agreed, caseworker, duty_manager, met, told_of_incident) -> Report:
    """A routine report of two lines about the incident, with the Met."""
    return making_of.sent(
        caseworker.actor,
        duty_manager.actor,
        making_of.line(),
        making_of.line(sanitised="The driver is called Dex.", handling="C", conditions="Not to the family."),
        incident_reference=told_of_incident.reference,
        instructions="Ring us before you visit.",
        origin="conversation",
        origin_label="textsafe.Conversation",
        origin_id=4711,
    )
