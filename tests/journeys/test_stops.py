"""What makes texts stop: the person's own word, and the switch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.fixtures_processes import Stack
from tests.journeys import making, steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from textsafe.models import Request


def test_after_stop_a_later_request_reads_not_sent_and_nobody_says_why(
    window: Opens, live_stack: Stack, world: World, number: str
) -> None:
    incident = making.missing(world)
    making.texted(world, incident, number, live_stack.provider)
    phone = window(base=live_stack.provider.url)
    steps.open_phone(phone, number)
    phone.get_by_role("button", name="Reply STOP").click()
    expect(phone.get_by_text("This phone has said STOP")).to_be_visible(timeout=PATIENCE)
    officer, caseworker = Mouse(window(world.officer)), Mouse(window(world.caseworker))

    again = making.missing(world)  # a later incident, the same telephone
    steps.open_incident(officer, world, again.reference)
    later = steps.ask_for_a_text(officer, number=number)
    caseworker.page.goto(f"/textsafe/screening/{later}/")
    refused = caseworker.page.get_by_role("button", name="Approve and send")
    expect(refused).to_be_disabled(timeout=PATIENCE)
    # Its time passes, which is all the officer is told by.
    Request.objects.filter(reference=later).update(closes_at=timezone.now())

    officer.page.goto(f"/textsafe/requests/{later}/")
    expect(officer.page.locator(".govuk-tag")).to_have_text("Not sent")
    read = officer.page.inner_text("main").lower()
    for word in ("stop", "opted", "suppress", "refused"):
        assert word not in read
    assert len(live_stack.provider.texts(to=number)) == 1


@pytest.fixture
def sends_again(world: World) -> Iterator[None]:
    """Whatever happens, the switch is on when the test is over: everybody shares it."""
    from foundation.messaging.services import switches

    yield
    for service in ("textsafe", "textsafe_reply"):
        if switches.is_stopped(service):
            switches.start(actor=world.manager.actor, service=service, reason="After a test.")


def test_the_switch_stops_every_text_and_lets_them_go_again(
    sends_again: None, window: Opens, live_stack: Stack, world: World, number: str
) -> None:
    incident = making.missing(world)
    request = making.asked(world, incident, number)
    manager, caseworker = Mouse(window(world.manager)), Mouse(window(world.caseworker))

    manager.page.goto("/")
    manager.press("TextSafe")
    manager.press("Stop switch")
    manager.write("Why?", "Texts seem to reach strangers.")
    manager.press("Stop all TextSafe texts")
    expect(manager.page.get_by_role("heading", name="TextSafe is stopped")).to_be_visible()
    caseworker.page.goto("/")
    caseworker.press(f"Screen TextSafe request {request.reference}")
    caseworker.press("Approve and send")
    expect(caseworker.page.get_by_text("Approved.")).to_be_visible()
    assert live_stack.provider.texts(to=number) == []

    manager.write("Why?", "The numbers were checked.")
    manager.press("Let TextSafe texts go again")
    expect(manager.page.get_by_role("heading", name="TextSafe is sending")).to_be_visible()
    phone = window(base=live_stack.provider.url)
    steps.open_phone(phone, number)
    expect(phone.get_by_text(steps.TEXT)).to_be_visible(timeout=PATIENCE)
