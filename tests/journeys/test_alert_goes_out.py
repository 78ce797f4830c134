"""An alert goes out, is updated and ends when the child is found, with the whole product running."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from alerts import services
from alerts.audience.models import Subscription
from alerts.models import ChildRescueAlert, CostCeiling
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.messaging import numbers
from foundation.messaging.models import Line
from foundation.places.models import Area
from missingcases.models import Incident
from tests.alerts import making as alerts_making
from tests.alerts.making import Room
from tests.alerts.subscribing import leave, subscribe
from tests.cast import member, organisation
from tests.fixtures_processes import Stack
from tests.journeys import making
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from tests.missingcases.making import located
from tests.processes import wait_until

TOLD = [f"+447700900{number}" for number in range(480, 490)]


@pytest.fixture
def room(world: World) -> Room:
    """The people of the world, with those that an alert takes beside them."""

    def one(mailbox: str, name: str, code: str, kind: OrganisationKind, role: Role) -> Actor:
        place = organisation(code, kind, code)
        return member(f"{mailbox}-{world.tag}@{code}.example", name, place, role).actor

    met, unit, charity = (
        OrganisationKind.POLICE_FORCE,
        OrganisationKind.NATIONAL_UNIT,
        OrganisationKind.CHARITY,
    )
    return Room(
        world.officer.actor,
        one("super", "Ruth Aldous", "metropolitan", met, Role.POLICE_SUPERINTENDENT),
        one("unit", "Ned Castle", "ukmpu", unit, Role.NATIONAL_UNIT),
        world.manager.actor,
        one("second", "Idris Vaughan", "missing-people", charity, Role.CHARITY_MANAGER),
        one("third", "Bea Lund", "missing-people", charity, Role.CHARITY_MANAGER),
    )


@pytest.fixture
def place(live_stack: Stack) -> Iterator[Area]:
    """A borough whose people asked for alerts; everybody else's audience is left as it was."""
    Line.objects.update_or_create(name="journey", defaults={"channel": "sms", "per_second": 50})
    area = Area.objects.get(code="E09000022")
    made = subscribe(TOLD, area_id=area.pk)
    # The walk of the pages shows an alert that costs too much, on the same running product.
    ceilings = list(CostCeiling.objects.all())
    CostCeiling.objects.all().delete()
    yield area
    CostCeiling.objects.bulk_create(ceilings)
    Subscription.objects.filter(pk__in=[one.pk for one in made]).update(status="left", to="", to_key="")
    Line.objects.filter(name="journey").delete()


@pytest.fixture
def incident(world: World) -> Incident:
    return making.missing(world)


@pytest.fixture
def alert(room: Room, incident: Incident, place: Area) -> ChildRescueAlert:
    content = alerts_making.details(first_name="Robin", age=15)
    proposed = services.propose_alert(
        actor=room.officer,
        incident_id=incident.pk,
        content=content,
        area_ids=[place.pk],
        form_token=uuid4(),
    )
    return alerts_making.ready(room, proposed)


def texts_to(live_stack: Stack, number: str) -> list[str]:
    return [str(one["body"]) for one in live_stack.provider.texts(to=number)]


def test_it_goes_out_is_updated_and_ends_when_the_child_is_found(
    window: Opens, live_stack: Stack, world: World, room: Room, alert: ChildRescueAlert, incident: Incident
) -> None:
    manager = Mouse(window(world.manager))
    manager.page.goto(f"/alerts/{alert.reference}/")
    manager.press("Issue the alert")
    expect(manager.page.get_by_text("Through in").first).to_be_visible(timeout=PATIENCE)
    manager.page.get_by_label("I have read what it says, and where it goes. It goes out at once.").check()
    manager.press("Issue the alert now")
    expect(manager.page.get_by_text("It is issued, and goes out now.")).to_be_visible(timeout=PATIENCE)
    expect(manager.page.get_by_text("10 of 10 accepted")).to_be_visible(timeout=PATIENCE)

    wait_until(lambda: all(len(texts_to(live_stack, one)) == 1 for one in TOLD), "each to have one text")
    leave(Subscription.objects.get(status="active", to_key=numbers.key_of("sms", TOLD[0])))

    services.edit_content(
        actor=room.officer,
        alert_id=alert.pk,
        details=alerts_making.details(first_name="Robin", age=15, clothing="A green coat"),
    )
    manager.page.goto(f"/alerts/{alert.reference}/")
    manager.press("Send the update")
    manager.page.get_by_label("I have read the new words. They go out at once.").check()
    manager.press("Send the update now")
    expect(manager.page.get_by_text("The update goes out now.")).to_be_visible(timeout=PATIENCE)
    stayed = TOLD[1:]
    wait_until(lambda: all(len(texts_to(live_stack, one)) == 2 for one in stayed), "the update to be there")

    located(room.officer, incident)
    wait_until(lambda: all(len(texts_to(live_stack, one)) == 3 for one in stayed), "the end to be there")
    assert len(texts_to(live_stack, TOLD[0])) == 1, "whoever left gets nothing more"
    for one in stayed:
        alerted, updated, ended = texts_to(live_stack, one)
        assert alerted.startswith("Child Rescue Alert: ")
        assert "A green coat" in updated
        assert "is over" in ended
        assert "Robin" not in ended
    manager.page.goto(f"/alerts/{alert.reference}/report/")
    expect(manager.page.get_by_role("heading", name="Report", exact=True)).to_be_visible()
    assert "9" in manager.page.inner_text("main")
