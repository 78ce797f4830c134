"""An alert in public in a real browser: to be read by everybody, in both languages, without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from alerts.models import ChildRescueAlert
from alerts.public import services
from tests.accessibility import faults_of
from tests.alerts.public import making
from tests.fixtures_processes import keep_refusals
from tests.missingcases.making import located

pytestmark = pytest.mark.slow
WIDTHS = (1280, 390)


@pytest.fixture
def out(settings, tmp_path, committing_db, redis_url, incident, people) -> ChildRescueAlert:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    alert = making.issued(incident, people, photo=True)
    services.make_picture(notice_id=alert.notices.get().pk)
    return alert


@pytest.fixture
def site(settings, out, processes, public_database_url) -> str:
    processes.env = {"MEDIA_ROOT": settings.MEDIA_ROOT, "TRUSTED_PROXIES": "1"}
    return processes.web("public", "config.public_urls", DATABASE_URL=public_database_url)


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
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        assert faults_of(window) == []
        assert window.evaluate("document.documentElement.scrollWidth") <= width, name
        if folder := os.environ.get("HARBOUR_SHOTS"):
            window.screenshot(path=str(Path(folder) / f"alert-{name}-{width}.png"), full_page=True)
    window.set_viewport_size({"width": 1280, "height": 900})


def test_every_page_can_be_read_by_everybody(window, out, incident, people) -> None:
    window.goto("/")
    look(window, "home-with-banner")
    window.get_by_role("link", name="See whom to look for").click()
    look(window, "list")
    window.get_by_role("link", name=making.HEADLINE).click()
    look(window, "page")
    assert window.locator("img.hb-appeal__photo").evaluate("one => one.complete && one.naturalWidth > 0")
    window.get_by_role("link", name="Cymraeg").click()
    look(window, "welsh")
    window.goto("/cy/alerts/")
    look(window, "welsh-list")
    located(people[0].actor, incident)
    window.goto(f"/alerts/{out.token}/")
    expect(window.get_by_role("heading", name="This alert has ended")).to_be_visible()
    look(window, "gone")
    window.get_by_role("link", name="See whether another alert is in force").click()
    look(window, "none")
