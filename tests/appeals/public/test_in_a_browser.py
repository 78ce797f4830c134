"""The public pages of an appeal in a real browser: to be read by everybody, by keyboard, without scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appeals.addresses import confirm_address
from appeals.models import Outlet, Placement, Submission
from tests.accessibility import faults_of
from tests.appeals.public.photos import jpeg
from tests.fixtures_processes import keep_refusals
from tests.missingcases.making import located

pytestmark = pytest.mark.slow
PARTS = {
    "appeal": "",
    "easy": "easy/",
    "seen": "seen/",
    "welsh": "cy/",
    "welsh-easy": "cy/easy/",
    "welsh-seen": "cy/seen/",
}
LISTS = {"list": "/appeals/", "area": "/appeals/in/E09000007/", "none": "/appeals/?q=zz"}
OF_THE_SITE = (
    "/cy/",
    "/cy/accessibility/",
    "/cy/privacy/",
    "/cy/cookies/",
    "/cy/appeals/",
    "/cy/appeals/?q=zz",
)
WIDTHS = (1280, 390)


@pytest.fixture
def window(browser: Any, site: str) -> Iterator[Any]:
    """A window on the public site; a refused script or style fails the test."""
    problems: list[str] = []
    context = browser.new_context(base_url=site, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: keep_refusals(message.text, problems))
    yield opened
    context.close()
    assert problems == []


def look(window: Any, name: str) -> None:
    """axe, and no sideways scrolling at either width; with HARBOUR_SHOTS a picture of each."""
    assert faults_of(window) == []
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        assert window.evaluate("document.documentElement.scrollWidth") <= width, name
        if folder := os.environ.get("HARBOUR_SHOTS"):
            window.screenshot(path=str(Path(folder) / f"appeal-{name}-{width}.png"), full_page=True)
    window.set_viewport_size({"width": 1280, "height": 900})


def test_every_page_can_be_read_by_everybody(window, address, desk, incident) -> None:
    for name, part in PARTS.items():
        window.goto(address + part)
        look(window, name)
    for name, path in LISTS.items():
        window.goto(path)
        look(window, name)
    window.goto(address)
    assert window.locator("img.hb-appeal__photo").evaluate("one => one.complete && one.naturalWidth > 0")
    window.get_by_role("link", name="Tell us what you saw").focus()
    window.keyboard.press("Enter")
    window.get_by_role("button", name="Send").click()
    expect(window).to_have_title(re.compile("^Error: "))
    look(window, "seen-errors")
    located(desk.officer, incident)
    window.goto(address)
    expect(window.get_by_role("heading", name="This appeal is no longer shown")).to_be_visible()
    look(window, "gone")
    window.goto(f"{address}cy/")
    look(window, "welsh-gone")


def test_every_page_of_the_site_in_welsh(window) -> None:
    for path in OF_THE_SITE:
        window.goto(path)
        look(window, f"site{path.replace('/', '-').replace('?', '-')}")


def test_somebody_tells_in_welsh_what_they_saw(window, address) -> None:
    window.goto(address)
    window.get_by_role("link", name="Cymraeg").click()
    window.get_by_role("link", name="Dywedwch wrthym beth welsoch chi").click()
    window.get_by_role("button", name="Anfon").click()
    expect(window).to_have_title(re.compile("^Gwall: "))
    look(window, "welsh-seen-errors")
    window.get_by_label("Dywedwch wrthym yn eich geiriau eich hun").fill("Roedd yn prynu tocyn.")
    window.get_by_label("Ble oedd hyn?").fill("Caerdydd")
    window.get_by_label("Rydw i'n meddwl mai nhw oedden nhw").check()
    window.wait_for_timeout(3200)
    window.get_by_role("button", name="Anfon").click()
    expect(window.get_by_role("heading", name="Diolch. Mae wedi ein cyrraedd")).to_be_visible()
    look(window, "welsh-kept")
    kept = Submission.objects.get()
    assert kept.token in address


def test_the_link_by_which_an_outlet_confirms(window, shown, desk) -> None:
    Outlet.objects.create(channel="media_email", name="The Courier", address="news@courier.example")
    placement = Placement.objects.create(
        appeal=shown,
        outlet=Outlet.objects.get(name="The Courier"),
        content=shown.contents.latest("pk"),
        status="told",
        planned_at=timezone.now(),
        live_at=timezone.now(),
        withdraw_from=timezone.now(),
        withdrawal_sent_at=timezone.now(),
    )
    path = urlsplit(confirm_address(placement.reference)).path
    window.goto(path)
    expect(window.get_by_role("heading", name="Have you taken it down?")).to_be_visible()
    look(window, "confirm")
    window.get_by_role("button", name="It is gone everywhere").click()
    expect(window.get_by_role("heading", name="Thank you")).to_be_visible()
    look(window, "confirm-thanks")
    window.goto(f"{path}x")
    look(window, "confirm-forged")


def test_three_presses_of_shift_leave_the_site(window, address) -> None:
    window.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="The weather"))
    window.goto("/")
    window.goto(address)
    for _ in range(3):
        window.keyboard.press("Shift")
    expect(window.locator("body")).to_have_text("The weather")
    window.go_back()
    assert address not in window.url  # "back" does not lead to it


def test_a_phone_at_night_without_scripts(browser, site, address) -> None:
    context = browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    window = context.new_page()
    window.goto(address)
    leave = window.get_by_role("link", name="Leave this site now")
    expect(leave).to_have_attribute("href", re.compile("bbc"))
    window.get_by_role("link", name="Tell us what you saw").click()
    window.get_by_label("Tell us in your own words").fill("He bought a ticket to Reading.")
    window.wait_for_timeout(3200)
    window.get_by_role("button", name="Send").click()
    expect(window.get_by_label("Tell us in your own words")).to_have_value("He bought a ticket to Reading.")
    window.get_by_label("Where was it?").fill("Paddington")
    window.get_by_label("I think it was them").check()
    window.get_by_label("Do you have a photo?").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    window.get_by_role("button", name="Send").click()
    expect(window.get_by_role("heading", name="Thank you. We have it")).to_be_visible()
    assert re.fullmatch(r"SI-[0-9A-Z]{8}", window.locator(".hb-kept").inner_text())
    kept_at = window.url
    if folder := os.environ.get("HARBOUR_SHOTS"):
        window.screenshot(path=str(Path(folder) / "appeal-kept-390.png"), full_page=True)
    assert Submission.objects.get().photo
    assert context.cookies() == []
    context.close()
    with_scripts = browser.new_page()  # axe needs them
    with_scripts.goto(kept_at)
    assert faults_of(with_scripts) == []
    with_scripts.close()
