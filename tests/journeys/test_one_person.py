"""Intake finds the person, and two records of one are made one and divided again, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.fixtures_processes import Stack
from tests.journeys import steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse


def test_intake_finds_the_person(window: Opens, live_stack: Stack, world: World, number: str) -> None:
    officer = Mouse(window(world.officer))
    officer.page.goto("/")
    first = steps.report_quickly(officer, world, number)

    officer.page.goto("/")
    officer.press("Report somebody missing")
    page = officer.page
    page.get_by_label(re.compile("Family name")).press_sequentially(world.family_name)
    page.get_by_label(re.compile("Given names")).press_sequentially("Robyn")
    earlier = page.locator("#earlier")
    expect(earlier).to_contain_text(f"Robin {world.family_name}", timeout=PATIENCE)
    expect(earlier).to_contain_text(f"reported missing already: {first}")
    expect(page.locator("#earlier-count")).to_contain_text("to look at")
    officer.write("What happened", "Left the placement at noon.")
    page.get_by_role("button", name=re.compile("Same person: use this record")).first.click()
    expect(page.get_by_text("They are reported missing already")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("What happened")).to_have_value("Left the placement at noon.")
    officer.press("Somebody else after all")
    expect(page.get_by_label(re.compile("Given names"))).to_have_value("Robyn", timeout=PATIENCE)

    page.get_by_label(re.compile("Not the same as")).first.check()
    expect(earlier).to_contain_text("Not the same, remembered when you save", timeout=PATIENCE)
    officer.press("Save the report")
    expect(page.get_by_text("The report is saved.")).to_be_visible(timeout=PATIENCE)

    other = Mouse(window(world.other_force, scripts=False))
    other.page.goto("/incidents/new/")
    other.write("Given names", "Robin")
    other.write("Family name", world.family_name)
    other.write("The missing person's telephone number", steps.spoken(number))
    other.press("Look for earlier records")
    beside = other.page.locator("#earlier")
    expect(beside).to_contain_text("holds a record that may be theirs")
    expect(beside).not_to_contain_text("Robin")
    expect(beside).not_to_contain_text("MI-")


def test_two_records_are_made_one_and_divided_again(
    window: Opens, live_stack: Stack, world: World, number: str
) -> None:
    officer, supervisor = Mouse(window(world.officer)), Mouse(window(world.supervisor))
    references = []
    for given in ("Robin", "Robyn"):
        officer.page.goto("/incidents/new/")
        officer.write("Given names", given)
        officer.write("Family name", world.family_name)
        officer.write("What happened", "Did not come home.")
        officer.press("Save the report")
        expect(officer.page.get_by_text("The report is saved.")).to_be_visible(timeout=PATIENCE)
        references.append(re.search(r"MI-\w+", officer.page.inner_text("main")).group(0))
    first, second = references

    page = supervisor.page
    page.goto(f"/incidents/{first}/record/")
    page.get_by_role("link", name=re.compile("Everything on this person")).click()
    main = page.locator("main")
    expect(main).to_contain_text("May be the same person")
    page.get_by_role("button", name=re.compile("Compare with MP-")).first.click()
    supervisor.write("Why they are the same person", "Same key worker.")
    supervisor.press("Merge the two records")
    expect(page.get_by_text("The merge can be undone below.")).to_be_visible(timeout=PATIENCE)
    expect(main).to_contain_text(second)

    page.get_by_role("link", name=re.compile("^Undo")).click()
    supervisor.write("Why the merge is undone", "Two cousins.")
    supervisor.press("Undo the merge")
    expect(page.get_by_text("is a record of its own again.")).to_be_visible(timeout=PATIENCE)
    expect(main).to_contain_text("Two cousins.")
    page.goto(f"/incidents/{second}/record/")
    expect(main).to_contain_text(f"Robyn {world.family_name}")
