"""Who works on an alert, and an alert at each step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alerts.models import ChildRescueAlert
from missingcases.models import Incident
from tests.alerts import making
from tests.alerts.audience.systems import Endpoint
from tests.alerts.making import Room


@pytest.fixture
def endpoint(settings) -> Iterator[Endpoint]:
    """A partner's system, beside us."""
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    server = Endpoint()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def room(any_database: None) -> Room:
    return making.room_of_the_cast()


@pytest.fixture
def incident(room: Room, met_supervisor) -> Incident:
    return making.missing_child(room.officer, met_supervisor.actor)


@pytest.fixture
def proposed(room: Room, incident: Incident) -> ChildRescueAlert:
    return making.proposed(room, incident)


@pytest.fixture
def checked(room: Room, proposed: ChildRescueAlert) -> ChildRescueAlert:
    return making.checked(room, proposed)


@pytest.fixture
def authorised(room: Room, proposed: ChildRescueAlert) -> ChildRescueAlert:
    return making.authorised(room, proposed)


@pytest.fixture
def agreed(room: Room, proposed: ChildRescueAlert) -> ChildRescueAlert:
    return making.agreed(room, proposed)


@pytest.fixture
def ready(room: Room, proposed: ChildRescueAlert) -> ChildRescueAlert:
    return making.ready(room, proposed)


@pytest.fixture
def rehearsal(room: Room) -> ChildRescueAlert:
    return making.proposed(room, None)
