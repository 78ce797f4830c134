"""The duty desk in a real browser: it keeps itself fresh, says when it cannot, and covers its list."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from playwright.sync_api import expect

from foundation.accounts.models import Session
from missingcases.desk.models import DeskRule, Notice
from tests.accessibility import faults_of
from tests.journeys.conftest import World
from tests.missingcases import making

LOST = re.compile(r"This list may be out of date since \d\d:\d\d\.")
LOST_WITHIN = 10_000
IDLE_MINUTES = settings.SESSION_IDLE_SECONDS // 60
FEED = "**/desk/list/"


def opened(window: Any, world: World) -> Any:
    page = window(world.officer)
    page.goto("/desk/")
    expect(page.get_by_text("Up to date at")).to_be_visible()
    return page


def covered(page: Any) -> None:
    expect(page.get_by_role("alert").filter(has_text=LOST)).to_be_visible(timeout=LOST_WITHIN)
    assert page.locator("[data-part=lists]").evaluate("element => element.inert")


def uncovered(page: Any) -> None:
    expect(page.get_by_role("alert").filter(has_text=LOST)).to_have_count(0, timeout=LOST_WITHIN)
    assert not page.locator("[data-part=lists]").evaluate("element => element.inert")


def test_a_new_incident_appears_and_is_acknowledged_by_keyboard(window: Any, world: World) -> None:
    page = opened(window, world)
    incident = making.report(world.supervisor.actor, family_name=world.family_name)
    line = page.locator("li", has_text=incident.reference).first
    expect(line).to_have_class(re.compile("hb-desk__line--new"))
    expect(page.get_by_text("A new incident is on the list.")).to_have_count(1)
    button = line.get_by_role("button", name=f"Acknowledge {incident.reference}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{incident.reference} is acknowledged.")).to_be_visible()
    assert Notice.objects.get(incident=incident).acknowledged_by == world.officer.user


def test_the_focus_stays_where_it_was_while_the_list_changes(window: Any, world: World) -> None:
    incident = making.report(world.supervisor.actor, family_name=world.family_name)
    page = opened(window, world)
    link = page.locator("[data-part=board] a", has_text=incident.reference).first
    link.focus()
    making.report(world.supervisor.actor, family_name=f"Other{world.tag}")
    expect(page.get_by_text(f"Other{world.tag}").first).to_be_visible()
    expect(link).to_be_focused()


def test_the_sound_is_off_until_asked_for_and_is_remembered(window: Any, world: World) -> None:
    page = opened(window, world)
    expect(page.get_by_text("Sound is off")).to_be_visible()
    page.get_by_role("button", name="Sound for new incidents").click()
    expect(page.get_by_text("Sound is on")).to_be_visible()
    page.reload()
    button = page.get_by_role("button", name="Sound for new incidents")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.get_by_text("Sound is off")).to_be_visible()


def test_a_feed_that_fails_or_hangs_covers_the_list_and_recovers(window: Any, world: World) -> None:
    making.report(world.supervisor.actor, family_name=world.family_name)
    page = opened(window, world)
    for trouble in (
        lambda route: route.abort(),
        lambda route: route.fulfill(status=503, body="<!doctype html>Not now"),
        lambda route: None,  # never answered
    ):
        page.route(FEED, trouble)
        covered(page)
        expect(page.get_by_text("or call your control room")).to_be_visible()
        page.unroute(FEED)
        uncovered(page)
    expect(page.get_by_text("The list is up to date again.")).to_have_count(1)


def test_a_desk_that_slept_is_covered_at_once_until_it_has_asked_again(window: Any, world: World) -> None:
    page = window(world.officer)
    page.clock.install()
    page.goto("/desk/")
    expect(page.get_by_text("Up to date at")).to_be_visible()
    page.route(FEED, lambda route: None)
    page.clock.fast_forward(3_600_000)
    covered(page)
    page.unroute(FEED)
    page.clock.run_for(8_000)
    uncovered(page)


def test_a_session_that_ended_takes_the_list_away(window: Any, world: World) -> None:
    making.report(world.supervisor.actor, family_name=world.family_name)
    page = opened(window, world)
    Session.objects.filter(user_id=world.officer.user.pk).delete()
    alert = page.get_by_role("alert").filter(has_text="You have been signed out.")
    expect(alert).to_be_visible()
    assert page.get_by_text(world.family_name).count() == 0
    expect(alert.get_by_role("link", name="Sign in again")).to_have_attribute(
        "href", re.compile("next=%2Fdesk%2F")
    )


def left_alone(world: World, minutes: int) -> None:
    """Put the server's own idle clock back, as if nobody had touched the screen."""
    for row in Session.objects.filter(user_id=world.officer.user.pk):
        store = Session.get_session_store_class()(session_key=row.session_key)
        store["seen_at"] -= minutes * 60
        store.save()


def seen_at(world: World) -> float:
    row = Session.objects.get(user_id=world.officer.user.pk)
    return Session.get_session_store_class()(session_key=row.session_key)["seen_at"]


def test_a_desk_nobody_touches_is_warned_five_minutes_before_and_stays_by_the_keyboard(
    window: Any, world: World
) -> None:
    page = window(world.officer)
    page.clock.install()
    page.goto("/desk/")
    expect(page.get_by_text("Up to date at")).to_be_visible()
    before = seen_at(world)
    left_alone(world, IDLE_MINUTES - 4)
    page.clock.fast_forward((IDLE_MINUTES - 4) * 60_000)
    page.clock.run_for(11_000)
    dialog = page.get_by_role("dialog", name="You will soon be signed out")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_description(re.compile("In 4 minutes your session ends"))
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert seen_at(world) <= before - (IDLE_MINUTES - 4) * 60 + 1  # it has polled meanwhile, all the same
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert seen_at(world) >= before


def test_what_covers_the_list_names_the_duty_telephone(window: Any, world: World) -> None:
    DeskRule.objects.update_or_create(
        organisation=world.officer.organisation, defaults={"supervisor_phone": "+447700900456"}
    )
    page = opened(window, world)
    page.route(FEED, lambda route: route.abort())
    covered(page)
    expect(page.get_by_text("or call +447700900456, the duty telephone of your force")).to_be_visible()
    page.unroute(FEED)
    uncovered(page)
    left_alone(world, IDLE_MINUTES + 1)
    alert = page.get_by_role("alert").filter(has_text="You have been signed out.")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Until then call +447700900456")
    assert page.locator("[data-part=board] li").count() == 0
    DeskRule.objects.filter(organisation=world.officer.organisation).delete()


def test_without_scripts_it_is_a_page_that_is_made_again(window: Any, world: World) -> None:
    incident = making.report(world.supervisor.actor, family_name=world.family_name)
    page = window(world.officer, scripts=False)
    page.goto("/desk/")
    expect(page.get_by_text("This list was made at")).to_be_visible()
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("button", name=f"Acknowledge {incident.reference}").click()
    expect(page.get_by_text(f"{incident.reference} is acknowledged.")).to_be_visible()


def test_the_desk_has_no_fault_that_axe_finds_fresh_or_covered(window: Any, world: World) -> None:
    making.missing(
        world.supervisor.actor, making.report(world.officer.actor, family_name=world.family_name), "high"
    )
    page = opened(window, world)
    assert faults_of(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.route(FEED, lambda route: route.abort())
    covered(page)
    assert faults_of(page) == []
