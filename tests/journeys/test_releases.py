"""What crosses the wall between force and charity, both ways."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.fixtures_processes import Stack
from tests.journeys import making, steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse

TOLD = "She is at the river and has taken tablets"


def test_a_force_releases_a_number_to_the_charity_and_takes_it_back(
    window: Opens, world: World, number: str
) -> None:
    incident = making.missing(world)
    officer, caseworker = Mouse(window(world.officer)), Mouse(window(world.caseworker))
    stranger = window(world.other_force)
    address = f"/incidents/{incident.reference}/"
    assert caseworker.page.goto(address).status == 404

    steps.open_incident(officer, world, incident.reference)
    request = steps.ask_for_a_text(officer, number=number)

    assert caseworker.page.goto(address).status == 200
    read = caseworker.page.inner_text("main")
    assert request in read
    assert "Child (under 18)" in read
    for secret in (world.family_name, "Did not come home", "High risk"):
        assert secret not in read
    assert stranger.goto(address).status == 404

    steps.open_incident(officer, world, incident.reference)
    officer.page.locator(f"a[href='{address}releases/']").first.click()
    officer.page.wait_for_url(f"**{address}releases/")  # the page before may have a table too
    officer.page.locator("tbody a").first.click()
    officer.press("Take it back")
    officer.write("Why", "It is another person's number.")
    officer.press("Take it back")
    expect(officer.page.get_by_text("The release is taken back.")).to_be_visible()
    assert caseworker.page.goto(address).status == 404


def test_a_threat_to_life_reaches_the_force_when_a_manager_agrees_and_is_acknowledged(
    window: Opens, live_stack: Stack, world: World, number: str
) -> None:
    incident = making.missing(world)
    making.texted(world, incident, number, live_stack.provider)
    live_stack.provider.reply(number, "I am at the river. I took tablets")
    officer, caseworker, manager = (
        Mouse(window(one)) for one in (world.officer, world.caseworker, world.manager)
    )
    before = waiting_threats(officer, world)
    assert incident.reference not in before

    conversation = making.conversation_of(number)
    caseworker.page.goto(f"/textsafe/conversations/{conversation}/")
    caseworker.press("Tell the duty manager")
    caseworker.choose("Is somebody's life in danger?", "Yes, or it may be")
    caseworker.write("What worries you?", "She says that she took tablets.")
    caseworker.press("Tell the duty manager")
    caseworker.page.get_by_role("link", name=re.compile(r"^Concern \S+$")).first.click()
    caseworker.write("What the force will read", TOLD)
    caseworker.write("Why is confidence broken?", "Her life is at risk.")
    caseworker.press("Propose these words")
    concern = caseworker.page.url
    assert incident.reference not in waiting_threats(officer, world)

    manager.page.goto(concern)
    manager.write("Why do you agree?", "There is no time to lose.")
    manager.press("Pass these words to the force")
    expect(manager.page.get_by_text("Passed to the force. It must acknowledge.")).to_be_visible()

    officer.page.goto("/")
    officer.press(f"Threat to life: {incident.reference}")
    expect(officer.page.get_by_text(TOLD)).to_be_visible(timeout=PATIENCE)
    read = officer.page.inner_text("main")
    assert "I took tablets" not in read
    officer.press("Acknowledge: we have read this and act on it")
    expect(officer.page.get_by_text("Acknowledged. The charity sees that you have read it.")).to_be_visible()
    assert f"Threat to life: {incident.reference}" not in waiting_threats(officer, world)
    manager.page.goto(f"/incidents/{incident.reference}/releases/")
    expect(manager.page.get_by_text("Acknowledged")).to_be_visible()


def waiting_threats(officer: Mouse, world: World) -> str:
    """What the officer's first page says of threats to life."""
    officer.page.goto("/")
    found = officer.page.get_by_role("region", name="Threats to life to acknowledge")
    return str(found.inner_text()) if found.count() else ""
