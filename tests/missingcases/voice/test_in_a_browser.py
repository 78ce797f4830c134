"""Somebody says how it was: from a link to an answer that leads back to nobody, on a phone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from families.helpline import services as helpline
from families.helpline.voice import contact_voice
from foundation.accounts.enums import OrganisationKind, Role
from missingcases.voice import services as voice
from missingcases.voice.models import Answer, Invitation, Submission
from tests.accessibility import faults_of
from tests.cast import Member, member, organisation
from tests.fixtures_processes import Stack
from tests.processes import wait_until

NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
PATIENCE = 60
WORDS = "Somebody listened to me for the first time."


@pytest.fixture
def worker(live_stack: Stack) -> Member:
    """A caseworker of a charity that no other test looks at."""
    place = organisation("how-it-was", OrganisationKind.CHARITY, "How It Was")
    return member("asks@how-it-was.example", "Kit Asks", place, Role.CHARITY_CASEWORKER)


def shown(worker: Member) -> tuple[Invitation, str]:
    """Somebody on the telephone said yes; the link's path on the public site."""
    told = {"channel": "call", "caller": "missing_person", "notes": "Warm again.", "form_token": uuid4()}
    asked = contact_voice.find(worker.actor, helpline.begin_contact(actor=worker.actor, **told).reference)
    assert asked is not None
    row = voice.ask(actor=worker.actor, asked=asked, respondent="adult", asked_in="call", said_yes=True)
    row, address = voice.show_link(actor=worker.actor, invitation_id=row.pk)
    return row, urlsplit(address).path


def look(page: Any) -> None:
    """axe, and no sideways scrolling, at a desk and on a phone."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_an_answer_on_a_phone_reaches_the_charity_and_leads_back_to_nobody(page, live_stack, worker) -> None:
    row, path = shown(worker)
    page.set_viewport_size(NARROW)
    page.goto(live_stack.public + path)
    look(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first).to_contain_text("Answer one question at least")
    look(page)
    page.get_by_label("Is there anything you would like us to know?").fill(WORDS)
    listened = page.get_by_role("group", name="Did the people at the charity listen to you?")
    listened.get_by_label("Yes, mostly").focus()
    page.keyboard.press("Space")
    # Sent sooner than anybody reads, it is shown again with every word.
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/")
    look(page)
    wait_until(
        lambda: not Submission.objects.exists(), "the form to be parted from its link", seconds=PATIENCE
    )
    row.refresh_from_db()
    assert (row.status, row.token_hash) == ("answered", "")
    answer = Answer.objects.get(charity=worker.organisation)
    assert (answer.answers, answer.words) == ({"listened": "yes"}, WORDS)
    page.goto(live_stack.public + path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("link")
    look(page)


def test_the_form_works_without_scripts_and_in_welsh(browser, live_stack, worker) -> None:
    _row, path = shown(worker)
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    try:
        page = context.new_page()
        page.goto(f"{live_stack.public}/cy{path}")
        assert page.locator("html").get_attribute("lang") == "cy"
        page.locator("input[name=helped][value=partly]").check()
        page.wait_for_timeout(3000)
        page.locator("main form button").last.click()
        page.wait_for_url("**/cy/how-it-was/thanks/")
        assert context.cookies() == []
    finally:
        context.close()
    rows = Answer.objects.filter(charity=worker.organisation, answers={"helped": "partly"})
    wait_until(rows.exists, "the answer", seconds=PATIENCE)
