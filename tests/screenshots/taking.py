"""Carried out by `python3 dev.py shots`; not collected with the tests, which hold its list to the guides."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from PIL import Image

from config import demo
from foundation.accounts.demo import PEOPLE, DemoPerson
from foundation.accounts.models import Organisation, User
from missingcases.models import Incident
from tests.cast import Member
from tests.fixtures_processes import Stack
from tests.screenshots.pictures import IMAGES, PICTURES, Picture
from tests.ui.walking import walk

BY_MAILBOX = {person.mailbox: person for person in PEOPLE}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
COLOURS = 96


@pytest.fixture(scope="session")
def made() -> list[bool]:
    """Whether this session has made the demonstration's data."""
    return []


@pytest.fixture
def shown(live_stack: Stack, made: list[bool]) -> Stack:
    """The running product with the demonstration's data."""
    if not made:
        with override_settings(MEDIA_ROOT=str(live_stack.processes.folder / "media")):
            for _, build in demo.BUILDERS:
                build()
        made.append(True)
    return live_stack


@pytest.fixture
def as_person(browser: Any, shown: Stack) -> Callable[[DemoPerson], Any]:
    """`as_person(person)`: a window signed in as one of the demonstration's people."""

    def sign_in(person: DemoPerson) -> Any:
        context = browser.new_context(base_url=shown.staff, locale="en-GB", timezone_id="Europe/London")
        cookies = in_browser(person).sign_in(Client()).cookies
        context.add_cookies(
            [{"name": name, "value": one.value, "url": shown.staff} for name, one in cookies.items()]
        )
        return context.new_page()

    return sign_in


def in_browser(person: DemoPerson) -> Member:
    """That person, as the tests know people."""
    user = User.objects.get(email=person.email)
    return Member(user, Organisation.objects.get(code=person.organisation))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_guide(picture: Picture, as_person: Callable[[DemoPerson], Any], shown: Stack) -> None:
    window = as_person(BY_MAILBOX[picture.mailbox])
    window.set_viewport_size(DESK)
    window.goto(picture.start.format_map(References()))
    for label, text in picture.typed:
        window.get_by_label(label).first.fill(text)
    for words in picture.clicks:
        press(window, words)
        window.wait_for_load_state("networkidle" if picture.typed else "load")
    assert window.locator("h1").count() == 1, window.url
    keep(window, IMAGES / picture.file, most=picture.height)


def press(window: Any, words: str) -> None:
    """The first link or button of the page itself with these words, else of its menu."""
    for part in ("main", "body"):
        found = window.locator(f"{part} a, {part} button").filter(has_text=words, visible=True)
        if found.count():
            found.first.click()
            return
    raise AssertionError(f"nothing says {words!r} on {window.url}")


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.mailbox)
def test_every_page(person: DemoPerson, as_person: Callable[[DemoPerson], Any], shown: Stack) -> None:
    folder = Path(os.environ["HARBOUR_SHOTS"])
    window = as_person(person)
    for view, address in walk(in_browser(person), shown.staff).pages(most=1):
        window.goto(address)
        for width, size in (("1280", DESK), ("390", PHONE)):
            window.set_viewport_size(size)
            keep(window, folder / f"{person.mailbox}-{view.replace(':', '_')}-{width}.png")


class References(dict[str, str]):
    """`{underwood}` is the reference of that family's latest incident."""

    def __missing__(self, key: str) -> str:
        found = Incident.objects.filter(person__family_name__iexact=key)
        return str(found.latest("reported_at").reference)


def keep(window: Any, path: Path, *, most: int = 0) -> None:
    """Keep the page as a small picture; `most` cuts it off below that many pixels."""
    shot = Image.open(io.BytesIO(window.screenshot(full_page=True)))
    if most and shot.height > most:
        shot = shot.crop((0, 0, shot.width, most))
    path.parent.mkdir(parents=True, exist_ok=True)
    shot.convert("RGB").quantize(COLOURS).save(path, optimize=True)
