"""An appeal from the officer's request until it is gone everywhere, each step by whoever has to take it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import override_settings
from PIL import Image
from playwright.sync_api import expect

from appeals.models import Outlet
from foundation.accounts.enums import Role
from foundation.sandbox.networks import bluesky, partner
from missingcases import services as cases
from missingcases.models import Incident
from tests.accessibility import faults_of
from tests.appeals.making import area
from tests.cast import member
from tests.fixtures_processes import Stack
from tests.journeys import making, steps
from tests.journeys.conftest import PATIENCE, World
from tests.journeys.hands import Hands, Mouse

DESCRIPTION = "Robin is 5 feet 4 and has short brown hair."
# A form that is sent within a blink was filled in by a machine.
AS_A_PERSON_WRITES = 4_000


def photographed(world: World, incident: Incident, stack: Stack) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 500), "grey").save(drawn, "JPEG")
    with override_settings(MEDIA_ROOT=str(Path(stack.processes.folder) / "media")):
        cases.add_photo(
            actor=world.officer.actor,
            incident_id=incident.pk,
            content=drawn.getvalue(),
            alt_text="Robin, smiling",
        )


def said(hands: Hands, words: str) -> None:
    expect(hands.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def framed(hands: Hands, title: str, words: str) -> None:
    """In a frame of the page, once it is scrolled to."""
    frame = hands.page.locator(f'iframe[title="{title}"]')
    frame.scroll_into_view_if_needed()
    expect(frame.content_frame.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def clean(hands: Hands) -> None:
    assert faults_of(hands.page) == []


def ask(hands: Hands, incident: Incident) -> str:
    """From the incident's services to a saved request; returns the appeal's reference."""
    hands.page.goto(f"/incidents/{incident.reference}/services/")
    hands.press("Ask for publicity")
    hands.write("Why publicity would help", "No lead so far.")
    hands.write("What your force thinks of publicity", "We support it.")
    hands.write("Area they are missing from", "Camden (borough)")
    hands.write("Headline", "Have you seen Robin?")
    hands.write("Description", DESCRIPTION)
    group = hands.page.get_by_role("group", name="Which photo may the charity use?")
    hands.choose("Which photo may the charity use?", group.locator("label").first.inner_text())
    clean(hands)
    hands.press("Ask for publicity")
    said(hands, "Publicity is asked for.")
    return re.search(r"AP-\w+", hands.page.inner_text("h1")).group(0)


def prepare(hands: Hands, appeal: str) -> None:
    """The charity: risk, wishes, consent, the photo cut, the words written."""
    hands.page.goto("/appeals/")
    hands.press(appeal)
    hands.press("Take it up")
    said(hands, "It is yours to prepare.")
    clean(hands)
    hands.press("Check the risk")
    hands.write("What could publicity do to this person?", "No risk known.")
    hands.write("How were the views and the risk weighed?", "The public may help.")
    hands.press("Save the risk check")
    hands.press("Record a view")
    hands.choose("Whose view", "The missing person's likely wishes")
    hands.write("What they said", "Robin would want to be found.")
    hands.press("Record this view")
    hands.press("Record consent")
    hands.choose("Who answered", "Somebody with parental responsibility")
    hands.choose("Their answer", "Given")
    hands.page.get_by_label("They agree to the photo").check()
    hands.write("Their name", "Jo Quill")
    hands.choose("How they were asked", "By telephone")
    hands.press("Record this answer")
    said(hands, "The answer is recorded.")
    hands.press("Write the content")
    cut(hands)
    clean(hands)
    hands.choose("Picture", "Picture 2")
    hands.write("What the picture shows, for people who cannot see it", "Robin, smiling.")
    hands.press("Save as the next version")
    said(hands, "Saved as the next version.")


def cut(hands: Hands) -> None:
    """By the keyboard, then by the pointer; the numbers follow."""
    hands.press("Cut picture 1")
    frame = hands.page.locator("[data-crop-box]")
    right = hands.page.get_by_label("Right edge, per cent from the left")
    clean(hands)
    frame.focus()
    for _ in range(5):
        hands.page.keyboard.press("Shift+ArrowLeft")
    expect(right).to_have_value("90")
    box = hands.page.locator("[data-crop]").bounding_box()
    hands.page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.1)
    hands.page.mouse.down()
    hands.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6)
    hands.page.mouse.up()
    assert 68 < float(right.input_value()) < 72
    hands.press("Keep this part")
    said(hands, "The part is kept as a new picture.")


def outlets(stack: Stack) -> None:
    """A social network of each kind and a partner's system, at their stand-ins."""
    at = stack.provider.url
    Outlet.objects.create(
        channel="mastodon", name="Mastodon", address=f"{at}/mastodon", secret="token-us", account="us"
    )
    Outlet.objects.create(
        channel="bluesky",
        name="Bluesky",
        address=f"{at}/bluesky",
        secret=bluesky.PASSWORD,
        account="us.example",
    )
    Outlet.objects.create(
        channel="webhook", name="The Daily", address=f"{at}/partner/daily/hook", secret=partner.SECRET
    )


def public_page(visitor: Any) -> str:
    """Found by whoever looks at the list of appeals; returns its address."""
    visitor.goto("/appeals/")
    visitor.get_by_role("link", name="Robin").first.click()
    expect(visitor.get_by_text(DESCRIPTION)).to_be_visible(timeout=PATIENCE)
    return str(visitor.url)


def report_sighting(hands: Hands) -> None:
    """Without a name, from the appeal's page."""
    hands.press("Tell us what you saw")
    hands.write("Tell us in your own words", "He sat by the water.")
    hands.write("Where was it?", "Camden Lock")
    hands.choose("How sure are you?", "I think it was them")
    hands.page.wait_for_timeout(AS_A_PERSON_WRITES)
    hands.press("Send")
    said(hands, "Thank you")


def wait_for_sighting(hands: Hands) -> None:
    """It comes to the desk by itself; the desk looks again."""
    for _ in range(30):
        hands.page.goto("/sightings/")
        if hands.page.get_by_text("Camden Lock").count():
            return
        hands.page.wait_for_timeout(1_000)
    raise AssertionError("the sighting does not come to the desk")


def test_an_appeal_from_the_request_until_it_is_gone(
    window: Callable[..., Any], world: World, live_stack: Stack
) -> None:
    area()
    incident = making.missing(world)
    photographed(world, incident, live_stack)
    publicity = member(
        f"publicity-{world.tag}@charity.example",
        "Isla Morton",
        world.caseworker.organisation,
        Role.CHARITY_PUBLICITY,
    )
    officer, desk = Mouse(window(world.officer)), Mouse(window(publicity))
    appeal = ask(officer, incident)
    prepare(desk, appeal)

    supervisor = Mouse(window(world.supervisor))
    supervisor.page.goto("/")
    supervisor.press(f"Authorise appeal {appeal}")
    supervisor.press("Authorise")
    framed(supervisor, "The page of our website, English", "Have you seen Robin?")
    framed(supervisor, "The e-mail, English", "Have you seen Robin?")
    framed(supervisor, "The entry of the feed, every language", "Have you seen Robin?")
    clean(supervisor)
    supervisor.press("Authorise this version")
    said(supervisor, "Version 2 is authorised.")

    desk.page.goto(f"/appeals/{appeal}/")
    said(desk, "A second person at the charity has to publish it.")
    outlets(live_stack)
    second = Mouse(window(world.manager))
    second.page.goto("/")
    second.press(f"Publish appeal {appeal}")
    second.press("Publish")
    clean(second)
    second.press("Publish")
    said(second, "It is published.")

    networks, visitor = window(base=live_stack.provider.url), window(base=live_stack.public)
    networks.goto("/networks/")
    expect(networks.get_by_role("article")).to_have_count(3, timeout=PATIENCE)
    page = public_page(visitor)
    report_sighting(Mouse(visitor))
    wait_for_sighting(desk)

    steps.open_incident(officer, world, incident.reference)
    steps.record_found(officer)
    assert visitor.goto(page).status == 410
    assert DESCRIPTION not in visitor.content()
    expect(networks.get_by_role("article")).to_have_count(0, timeout=PATIENCE)
    desk.page.goto(f"/appeals/{appeal}/")
    said(desk, "Withdrawn")
    desk.press("Takedown ledger: published, told, confirmed")
    said(desk, "Our own pages, in the same moment")
    clean(desk)
    with desk.page.expect_download() as download:
        desk.press("Download the closing certificate (PDF)")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
