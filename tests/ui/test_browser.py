"""Every component in a real browser: axe, keyboard, phone width, and what the scripts do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.accessibility import faults_of

WIDTHS = [1280, 390, 320]
PUBLIC_PAGES = ["/", "/accessibility/", "/privacy/", "/cookies/", "/no-such-page/"]
STAFF_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accessibility/", "/help/", "/no-such-page/"]


def assert_accessible(page):
    assert faults_of(page) == []


def assert_fits(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_accessible_and_fits(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/_components/")
    assert_fits(page, width)
    assert_accessible(page)


def test_a_fault_is_seen(page):
    """The check itself: a button that nobody can name."""
    page.goto("/help/")
    assert_accessible(page)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert faults_of(page) == [("button-name", ["<button></button>"])]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_form_is_accessible_and_its_links_reach_their_questions(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/_components/")
    page.get_by_role("button", name="Save the sample").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_fits(page, width)
    assert_accessible(page)
    for link in page.locator(".govuk-error-summary__list a").all():
        link.click()
        assert page.evaluate("document.activeElement.id") == link.get_attribute("href").removeprefix("#")


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_a_staff_page_without_sign_in_is_accessible(page, path):
    page.goto(path)
    assert_accessible(page)
    assert_fits(page, 390)


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_public_page_is_accessible(page, live_stack, path):
    page.goto(live_stack.public + path)
    assert_accessible(page)
    assert_fits(page, 390)


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.locator(".govuk-skip-link").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_everything_the_keyboard_reaches_shows_that_it_has_the_focus(page):
    page.goto("/_components/")
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const el = document.activeElement;
                if (!el || el === document.body) return null;
                const box = el.closest(".govuk-radios__item, .govuk-checkboxes__item");
                const styles = box
                    ? getComputedStyle(box.querySelector("label"), "::before") : getComputedStyle(el);
                const shown = styles.outlineStyle !== "none" && parseFloat(styles.outlineWidth) >= 1;
                const shadowed = styles.boxShadow !== "none";
                return [el.outerHTML.slice(0, 90), shown || shadowed];
            }"""
        )
        if found is None:
            break
        assert found[1], f"no visible focus on {found[0]}"
        seen.add(found[0])
    assert len(seen) > 30


def test_set_to_now_fills_the_london_clock(page):
    page.goto("/_components/")
    group = page.get_by_role("group", name="Last seen")
    group.get_by_role("button", name="Set to now").click()
    assert page.locator("#id_missing_since_year").input_value().startswith("20")
    assert len(page.locator("#id_missing_since_time").input_value()) == 5


def test_none_of_these_unticks_the_others(page):
    page.goto("/_components/")
    page.get_by_label("Suicide").check()
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Suicide").is_checked()


def test_a_double_click_posts_once(page):
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.goto("/_components/")
    with page.expect_navigation():
        page.get_by_role("button", name="Claim").dblclick()
    assert len(posts) == 1


def test_a_live_part_that_cannot_refresh_says_so_and_recovers(page):
    page.goto("/_components/")
    page.route("**/_components/progress/", lambda route: route.abort())
    status = page.locator("#live-status")
    status.get_by_text("Could not refresh; last updated at").wait_for()
    page.unroute("**/_components/progress/")
    expect(status).to_be_empty()
    page.get_by_text("50 of 100").wait_for()


def test_a_session_that_ended_is_said_and_the_page_stays(page):
    page.goto("/_components/")
    page.get_by_label("Name", exact=True).fill("half a sentence")
    page.route(
        "**/_components/progress/",
        lambda route: route.fulfill(status=401, headers={"HX-Redirect": "/accounts/login/"}),
    )
    status = page.locator("#live-status")
    status.get_by_role("link", name="sign in again").wait_for()
    assert page.get_by_label("Name", exact=True).input_value() == "half a sentence"


def test_it_works_without_javascript(browser, live_stack):
    context = browser.new_context(base_url=live_stack.staff, java_script_enabled=False)
    page = context.new_page()
    page.goto("/_components/")
    assert page.get_by_role("button", name="Apply filters").is_visible()
    page.get_by_role("button", name="Save the sample").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.get_by_role("link", name="Overview").is_visible()
    context.close()
