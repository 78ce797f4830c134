"""A Child Rescue Alert from the officer's proposal to the last yes, each step by whoever has to take it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from alerts.enums import Criterion
from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from tests.accessibility import faults_of
from tests.alerts.making import area
from tests.cast import Member, member
from tests.journeys import making
from tests.journeys.conftest import PATIENCE, World
from tests.journeys.hands import Mouse

EVIDENCE = "Seen by a neighbour getting into a blue van."
WORDS = "Four feet tall with short brown hair"


def said(hands: Mouse, words: str) -> None:
    expect(hands.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def clean(hands: Mouse) -> None:
    assert faults_of(hands.page) == []


def one(world: World, mailbox: str, name: str, code: str, role: Role) -> Member:
    """Somebody of this journey's own."""
    return member(f"{mailbox}-{world.tag}@{code}.example", name, Organisation.objects.get(code=code), role)


def fill_in(hands: Mouse) -> None:
    """The child, who they may be with, and where it goes."""
    hands.write("First name", "Robin")
    hands.write("Age", "9")
    hands.write("Height, build, hair, anything that stands out", WORDS)
    hands.write("Clothing", "A red coat")
    hands.write("Place last seen", "Camden High Street")
    hands.write("Vehicle", "A blue van")
    hands.write("Area 1", "Camden (borough)")


def propose(hands: Mouse, incident: str) -> str:
    """From the incident's services to the launch room; returns the alert's reference."""
    hands.page.goto(f"/incidents/{incident}/services/")
    hands.press("Propose an alert")
    fill_in(hands)
    clean(hands)
    hands.press("Propose the alert")
    said(hands, "It is proposed.")
    return re.search(r"CR-\w+", hands.page.inner_text("h1")).group(0)


def check_everything(hands: Mouse) -> None:
    """Each criterion with its evidence."""
    for criterion in Criterion:
        hands.page.get_by_role("link", name=f"Check {criterion.label}", exact=True).click()
        hands.choose("Is it met?", "Met")
        hands.write("Evidence", EVIDENCE)
        hands.press("Record it")
        said(hands, "It is recorded.")


def say_yes(hands: Mouse, work: str, step: str, button: str) -> None:
    """From my work to the step, with what goes out before one's eyes."""
    hands.page.goto("/")
    hands.press(work)
    said(hands, EVIDENCE)
    said(hands, WORDS)
    clean(hands)
    hands.press(step)
    said(hands, EVIDENCE)
    said(hands, WORDS)
    clean(hands)
    hands.page.get_by_label("I have read what it says, and where it goes").check()
    hands.press(button)


def test_an_alert_from_the_proposal_to_the_last_yes(window: Callable[..., Any], world: World) -> None:
    area()
    incident = making.missing(world)
    superintendent = one(world, "superintendent", "Ruth Aldous", "metropolitan", Role.POLICE_SUPERINTENDENT)
    unit = one(world, "duty", "Ned Castle", "ukmpu", Role.NATIONAL_UNIT)

    officer = Mouse(window(world.officer))
    alert = propose(officer, incident.reference)
    said(officer, "Missing before anybody can say yes:")
    check_everything(officer)
    said(officer, "A superintendent of Metropolitan Police who did not propose it authorises it.")
    clean(officer)

    stranger = window(world.other_force)
    assert stranger.goto(f"/alerts/{alert}/").status == 404

    boss = Mouse(window(superintendent))
    say_yes(boss, f"Authorise alert {alert}", "Authorise for the force", "Authorise")
    said(boss, "It is authorised.")

    national = Mouse(window(unit, viewport={"width": 390, "height": 844}))
    say_yes(national, f"Agree to alert {alert}", "Agree nationally", "Agree")
    said(national, "It is agreed.")

    # The officer's page follows by itself.
    said(officer, "Agreed nationally")
    expect(officer.page.get_by_text("Ned Castle").first).to_be_visible(timeout=30_000)
    officer.press("Say that the force is ready for calls")
    officer.page.get_by_label("People and lines are ready").check()
    officer.press("We are ready for calls")
    said(officer, "It is recorded that the force is ready for calls.")
    officer.write("Comment", "The van was seen again in Kentish Town.")
    officer.press("Add it")
    said(officer, "The van was seen again in Kentish Town.")

    manager = Mouse(window(world.manager))
    manager.page.goto("/")
    manager.press(f"Issue alert {alert}")
    said(manager, "The van was seen again in Kentish Town.")
    said(manager, "A duty manager of the charity who had no other part issues it.")
    clean(manager)


def test_a_rehearsal_without_scripts(window: Callable[..., Any], world: World) -> None:
    area()
    officer = Mouse(window(world.officer, scripts=False, viewport={"width": 390, "height": 844}))
    officer.page.goto("/alerts/")
    officer.press("Propose a rehearsal")
    fill_in(officer)
    officer.press("Propose the alert")
    said(officer, "It is about nobody, and nothing of it goes to the public.")
    check_everything(officer)
    officer.write("Comment", "This is a drill.")
    officer.press("Add it")
    said(officer, "This is a drill.")
    officer.press("Call it off")
    officer.choose("What happened", "Stood down")
    officer.press("Call it off")
    said(officer, "It is called off. Nothing was sent.")
