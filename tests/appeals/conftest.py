"""Who works on an appeal, and an appeal at each step."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from appeals import services
from appeals.models import Appeal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident
from tests.appeals import making
from tests.cast import member, organisation
from tests.foundation.backups.conftest import place  # noqa: F401 - a fixture


@dataclass(frozen=True)
class Desk:
    """The people whom one appeal takes: the force's side, and the charity's two."""

    officer: Actor
    supervisor: Actor
    inspector: Actor
    publicity: Actor
    second: Actor


@pytest.fixture
def desk(met_officer, met_supervisor, met_inspector, publicity_officer, duty_manager) -> Desk:
    return Desk(
        met_officer.actor,
        met_supervisor.actor,
        met_inspector.actor,
        publicity_officer.actor,
        duty_manager.actor,
    )


def desk_of_the_cast() -> Desk:
    """The same people, for what is made once for a module (tests/worlds.py)."""
    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    return Desk(
        member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER).actor,
        member("supervisor@met.example", "Dilys Probert", met, Role.POLICE_SUPERVISOR).actor,
        member("inspector@met.example", "Kwame Boateng", met, Role.POLICE_INSPECTOR).actor,
        member("publicity@charity.example", "Leo Marsh", charity, Role.CHARITY_PUBLICITY).actor,
        member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER).actor,
    )


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return making.open_incident(desk.officer, desk.supervisor)


@pytest.fixture
def appeal(desk: Desk, incident: Incident) -> Appeal:
    """Asked for by police."""
    return making.asked(desk.officer, incident)


@pytest.fixture
def ready(desk: Desk, appeal: Appeal) -> Appeal:
    """Every gate is open; a second person at the charity has to publish it."""
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    return making.authorised(desk.supervisor, appeal)


@pytest.fixture
def live(desk: Desk, ready: Appeal) -> Appeal:
    """On our website."""
    making.outlet()
    return services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
