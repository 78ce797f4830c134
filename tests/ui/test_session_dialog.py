"""The end of an idle session: warned of, the page hidden, what was typed kept."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Session
from tests.cast import member, organisation

IDLE_MINUTES = settings.SESSION_IDLE_SECONDS // 60


@pytest.fixture
def officer(live_stack):
    kent = organisation("kent", OrganisationKind.POLICE_FORCE, "Kent")
    return member("sessions@kent.example", "Neil Hargreaves", kent, Role.POLICE_OFFICER)


def with_something_typed(page):
    """The sample page on a clock that can be wound forward, with a half-written note."""
    page.clock.install()
    page.goto("/_components/")
    page.get_by_label("Note").fill("last seen near the pier")
    return page


def wind(page, minutes):
    page.clock.fast_forward(minutes * 60_000)
    page.clock.run_for(11_000)


def seen_minutes_ago(officer, minutes):
    """Put the server's own idle clock back, as if the person had left the screen."""
    for row in Session.objects.filter(user_id=officer.user.pk):
        store = Session.get_session_store_class()(session_key=row.session_key)
        store["seen_at"] = store["seen_at"] - minutes * 60
        store.save()


def test_nobody_at_work_in_another_tab_is_warned(page_of, officer):
    page = with_something_typed(page_of(officer))
    wind(page, IDLE_MINUTES - 1)  # the server was touched a moment ago, whatever this tab's clock says
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_who_is_about_to_be_signed_out_can_stay(page_of, officer):
    page = with_something_typed(page_of(officer))
    seen_minutes_ago(officer, IDLE_MINUTES - 1)
    wind(page, IDLE_MINUTES - 1)
    expect(page.get_by_role("dialog", name="You will soon be signed out")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.get_by_label("Note").input_value() == "last seen near the pier"


def test_a_screen_left_open_shows_nothing_once_the_session_is_over(page_of, officer):
    page = with_something_typed(page_of(officer))
    Session.objects.filter(user_id=officer.user.pk).delete()
    wind(page, IDLE_MINUTES + 1)
    expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    backdrop = "getComputedStyle(document.getElementById('session-dialog'), '::backdrop').backgroundColor"
    assert page.evaluate(backdrop) == "rgb(238, 243, 244)"  # solid: nothing of the page shows through
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_after_signing_in_again_what_was_typed_is_there_and_can_be_sent(page_of, officer):
    page = with_something_typed(page_of(officer))
    Session.objects.filter(user_id=officer.user.pk).delete()
    wind(page, IDLE_MINUTES + 1)
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_text("You are not signed in yet.")).to_be_visible()
    page_of(officer)
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.get_by_label("Note").input_value() == "last seen near the pier"
    page.get_by_role("button", name="Save the sample").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert page.get_by_label("Note").input_value() == "last seen near the pier"
