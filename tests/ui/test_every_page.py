"""Every page that each kind of user can reach by following links, in a real browser.

axe at desk width, no sideways scrolling at phone width, no script error, no refused style or script.
`HARBOUR_SHOTS=folder` keeps a picture of each page at both widths, to be looked at.
"""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import Resolver404, resolve

from foundation.accounts.demo import PEOPLE, DemoPerson
from foundation.accounts.models import Organisation, User
from tests.cast import Member

STARTS = ["/", "/your-account/", "/help/"]
LEFT_OUT = {"account_logout"}
MOST_PAGES = 80
LINKS = "els => els.map(el => el.getAttribute('href'))"


@pytest.fixture(scope="session")
def _demonstration(_stack):
    """Whether the demonstration's data was made on the shared stack already."""
    return {"made": False}


@pytest.fixture
def demonstration(live_stack, _demonstration):
    """The data people are shown, made once on the shared stack."""
    if not _demonstration["made"]:
        call_command("make_data")
        _demonstration["made"] = True


def in_browser(person: DemoPerson) -> Member:
    user = User.objects.get(email=person.email)
    return Member(user, Organisation.objects.get(code=person.organisation))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.mailbox)
def test_every_page_they_can_reach_is_accessible_and_fits(demonstration, page_of, live_stack, person):
    page = page_of(in_browser(person))
    problems, seen = [], set()
    waiting = deque(STARTS)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        name = view_of(address)
        if name is None or name in seen or name in LEFT_OUT:
            continue
        seen.add(name)
        found = look_at(page, live_stack.staff, address, f"{person.mailbox}-{name}")
        problems += [(address, problem) for problem in found]
        if not found or page.url.startswith(live_stack.staff):
            waiting.extend(
                urljoin(page.url, href).removeprefix(live_stack.staff)
                for href in page.locator("a[href]").evaluate_all(LINKS)
                if href and not href.startswith("#")
            )
    assert not problems, "\n".join(f"{address}: {problem}" for address, problem in problems)
    assert seen


def view_of(address: str) -> str | None:
    """The name of the page at an address of ours, None for anything else."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    return match.view_name or match._func_path


def look_at(page, base: str, address: str, picture: str) -> list[str]:
    """What is wrong with one page; an empty list for a file to download."""
    answer = page.request.get(base + address)
    if "text/html" not in answer.headers.get("content-type", ""):
        return []
    if answer.status >= 400:
        return [f"answered {answer.status}"]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base + address)
    found = [
        f"{violation['id']}: {[node['html'][:150] for node in violation['nodes']][:2]}"
        for violation in Axe().run(page).response["violations"]
    ]
    keep(page, f"{picture}-1280")
    page.set_viewport_size({"width": 390, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > 390:
        found.append(f"scrolls sideways at 390: {wide}")
    keep(page, f"{picture}-390")
    return found


def keep(page, name: str) -> None:
    folder = os.environ.get("HARBOUR_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name.replace(':', '_')}.png"), full_page=True)
