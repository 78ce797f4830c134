"""An incident in the usual states, and a client for each of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import Organisation
from missingcases.models import Incident
from tests.cast import Member
from tests.missingcases_pages import world
from tests.ui.conftest import page_of

__all__ = ["page_of"]


@pytest.fixture
def client_of() -> Callable[[Member], Client]:
    """`client_of(member)`: a test client signed in as that person."""
    return lambda person: person.sign_in(Client())


@pytest.fixture
def incident(met_officer: Member) -> Incident:
    """Just reported, by the Met's officer."""
    return world.reported(met_officer.actor)


@pytest.fixture
def missing(incident: Incident, met_supervisor: Member) -> Incident:
    """Missing at high risk."""
    return world.graded(incident, met_supervisor.actor)


@pytest.fixture
def found(missing: Incident, met_officer: Member) -> Incident:
    """Found, not interviewed yet."""
    return world.located(missing, met_officer.actor)


@pytest.fixture
def ended(found: Incident, met_officer: Member, met_supervisor: Member) -> Incident:
    """Interviewed and closed."""
    world.interviewed(found, met_officer.actor)
    return world.closed(found, met_supervisor.actor)


@pytest.fixture
def shared(missing: Incident, met_officer: Member, charity: Organisation) -> Incident:
    """Missing, with the number released to the charity's caseworkers."""
    world.released(missing, met_officer.actor, charity.pk)
    return missing
