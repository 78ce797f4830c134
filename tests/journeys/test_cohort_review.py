"""A cohort is chosen, searched, read by two, compared, settled and taken away, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from tests.accessibility import faults_of
from tests.cast import Member, member
from tests.fixtures_processes import Stack
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from tests.reports.cohorts import making


@pytest.fixture
def readers(world: World) -> tuple[Member, Member]:
    """The coordinator who leads, and an inspector who reads second."""
    met = Organisation.objects.get(code="metropolitan")
    return (
        member(f"coordinator-{world.tag}@met.example", f"Ines {world.tag}", met, Role.POLICE_COORDINATOR),
        member(f"inspector-{world.tag}@met.example", f"Kwame {world.tag}", met, Role.POLICE_INSPECTOR),
    )


def test_a_cohort_is_read_by_two_and_what_they_found_taken_away(
    window: Opens, live_stack: Stack, world: World, readers: tuple[Member, Member]
) -> None:
    word = f"crew{world.tag}"
    making.child(world.officer, f"Seen with the {word} on Friday.")
    making.child(world.officer, f"No concerns of {word} involvement.")
    lead, second = Mouse(window(readers[0])), Mouse(window(readers[1]))
    _write_words(lead, word, world.tag)
    _set_up(lead, world.tag, readers)
    expect(lead.page.locator("main")).to_contain_text("2 incidents of 2 people are found now")
    _sound(lead.page, "begin")
    lead.press("Freeze the list and begin")
    expect(lead.page.locator("main")).to_contain_text("The list is frozen", timeout=PATIENCE)

    lead.press("Read the first case")
    _sound(lead.page, "case")
    _code_by_keys(lead.page, word)
    _code_by_keys(lead.page, word)
    expect(lead.page.locator("main")).to_contain_text("2 of 2")
    lead.press("I have finished")
    expect(lead.page.locator("main")).to_contain_text("When the other reader has too", timeout=PATIENCE)

    second.page.goto("/figures/cohorts/")
    second.press(f"Crews {world.tag}")
    expect(second.page.locator("main")).not_to_contain_text("Agreement")
    second.press("Read the first case")
    for _ in range(2):
        second.choose(f"Crew {world.tag}", "Present")
        expect(second.page.locator("[data-autosave-said]")).to_contain_text("Saved at", timeout=PATIENCE)
        second.page.reload()  # nothing is lost without a button
        expect(second.page.get_by_label("Present", exact=True)).to_be_checked()
        second.press("Coded: next case")
    second.press("I have finished")
    second.press("Agreement and differences")

    main = second.page.locator("main")
    expect(main).to_contain_text("the same answer in 1 of 2 decisions", timeout=PATIENCE)
    expect(main).to_contain_text("Kappa")
    _sound(second.page, "agreement")
    second.page.get_by_role("link", name=re.compile(r"^Case \d, Crew")).click()
    expect(main.locator("mark.hb-hit--denied")).to_have_text(word)
    second.press("Record what we decided")
    expect(main).to_contain_text("What decided it")
    _sound(second.page, "difference, with what is missing")
    second.choose("What did you decide?", "Absent")
    second.write("What decided it?", "It is denied.")
    second.page.get_by_label("We have talked about this case").check()
    second.press("Record what we decided")
    expect(main).to_contain_text("All are decided.", timeout=PATIENCE)
    second.press("Settle the review")
    expect(main).to_contain_text("Settled. What was counted stays as it is.", timeout=PATIENCE)

    second.page.goto("/figures/cohorts/")
    _sound(second.page, "reviews")
    second.press(f"Crews {world.tag}")
    second.press("Cases")
    _sound(second.page, "cases")
    second.press("Agreement and counts")

    with second.page.expect_download() as told:
        second.press("Get the file")
    words = told.value.path().read_text(encoding="utf-8-sig")
    assert re.search(rf"Crew {world.tag},Present,Present,Present", words)
    assert "It is denied" not in words
    assert "on Friday" not in words


def _sound(page: Any, name: str) -> None:
    """Nothing on the page is in the way of anybody who reads it otherwise than by eye."""
    page.wait_for_load_state("networkidle")
    assert faults_of(page) == [], name


def _write_words(lead: Mouse, word: str, tag: str) -> None:
    lead.page.goto("/figures/")
    lead.press("Cohort reviews")
    lead.press("Concept lists")
    lead.press("Write a list")
    lead.write("Name of the list", f"Words {tag}")
    lead.write("Terms", word)
    lead.press("Save the list")
    expect(lead.page.locator("main")).to_contain_text("Version 1", timeout=PATIENCE)
    lead.write("Try it on a sentence", f"No concerns of {word} here.")
    lead.press("Try it")
    expect(lead.page.locator("mark.hb-hit--denied")).to_have_text(word, timeout=PATIENCE)
    _sound(lead.page, "list, tried")
    lead.page.goto("/figures/cohorts/books/")
    lead.press("Write a code book")
    lead.write("Name of the code book", f"Book {tag}")
    lead.write("Themes", f"Crew {tag}: In it, or used by it.")
    lead.press("Save the code book")
    expect(lead.page.locator("main")).to_contain_text("Version 1", timeout=PATIENCE)


def _set_up(lead: Mouse, tag: str, readers: tuple[Member, Member]) -> None:
    page = lead.page
    page.goto("/figures/cohorts/")
    lead.press("Set up a review")
    lead.press("Save and see how many there are")
    expect(page.get_by_text("There is a problem")).to_be_visible(timeout=PATIENCE)
    _sound(page, "plan, with what is missing")
    lead.write("Name of the review", f"Crews {tag}")
    lead.write("What is it to answer?", "How many are drawn in?")
    until = page.get_by_role("group", name="Reported to")
    today = making.chosen().until
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        until.get_by_label(part).fill(str(value))
    page.get_by_label(re.compile(rf"^Words {tag}")).check()
    page.get_by_label(re.compile("^Take only incidents where a note")).check()
    lead.pick("Code book", f"Book {tag} (version 1)")
    lead.pick("Second reader", readers[1].user.full_name)
    lead.press("Save and see how many there are")
    expect(page.get_by_role("heading", name="Begin", exact=True)).to_be_visible(timeout=PATIENCE)


def _code_by_keys(page: Any, word: str) -> None:
    """The first choice by its number where the note says so, the second where it denies it; then the next."""
    main = page.locator("main")
    expect(main.locator("mark.hb-hit")).to_have_text(word, timeout=PATIENCE)
    is_denied = main.locator("mark.hb-hit--denied").count() == 1
    page.locator("[data-theme] input").first.focus()
    page.keyboard.press("2" if is_denied else "1")
    expect(page.get_by_label("Absent" if is_denied else "Present", exact=True)).to_be_checked()
    page.get_by_role("button", name="Coded: next case").press("Enter")
