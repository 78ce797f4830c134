"""The steps of the main job, each by what is written on the page. Who works it says how: see `hands`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from foundation.clock import in_london
from tests.journeys.conftest import PATIENCE, World
from tests.journeys.hands import Hands, Mouse

TEXT = "Need to talk? Missing People can help"


def spoken(number: str) -> str:
    """An E.164 number of ours as it is said here: 07700 900123."""
    return f"0{number[3:7]} {number[7:]}"


def report_quickly(hands: Hands, world: World, number: str) -> str:
    """From my work to a saved report; returns the incident's reference."""
    hands.press("Report somebody missing")
    hands.write("Given names", "Robin")
    hands.write("Family name", world.family_name)
    hands.write("Or age, if the date of birth is not known", "15")
    hands.write("What happened", "Did not come home from school and does not answer calls.")
    hands.write("The missing person's telephone number", spoken(number))
    hands.choose("Where is the phone?", "With the missing person")
    hands.choose("Who is thought to hold it?", "The missing person")
    hands.press("Save the report")
    expect(hands.page.get_by_text("The report is saved.")).to_be_visible(timeout=PATIENCE)
    return re.search(r"MI-\w+", hands.page.inner_text("main")).group(0)


def grade(hands: Hands, world: World, reference: str, level: str = "high risk") -> None:
    """The supervisor finds it among all they are to grade: at high risk no hour is too late."""
    hands.page.goto("/?all=to_grade")
    hands.press(f"Grade Robin {world.family_name}, {reference}")
    hands.choose("Grade", f"Missing: {level}")
    hands.write("What is known", "Left without a coat.")
    hands.write("Who gave this information", "Mother, by telephone")
    hands.write("Why this grade", "A cold night, and never away before.")
    hands.press("Save the grading")
    expect(hands.page.get_by_text("The grading is saved.")).to_be_visible(timeout=PATIENCE)


def open_incident(hands: Hands, world: World, reference: str) -> None:
    """The officer finds the incident again: my work, then the person."""
    hands.page.goto("/")
    hands.press(f"Robin {world.family_name}, {reference}")


def ask_for_a_text(hands: Hands, *, verified: str = "Yes", number: str = "") -> str:
    """From the incident to a saved request; returns its reference."""
    hands.press("Send a TextSafe")
    if number:
        hands.choose("Which number?", "Another number")
        hands.write("The other number", spoken(number))
    else:
        group = hands.page.get_by_role("group", name="Which number?")
        hands.choose("Which number?", group.locator("label").first.inner_text())
    hands.choose("Has anybody confirmed that this is their number?", verified)
    hands.choose("Where is the phone now?", "With the missing person")
    hands.choose("Who has the phone?", "The missing person")
    hands.choose("Might somebody else read their messages?", "No")
    hands.choose("Have they said that they want no contact?", "No")
    hands.press("Ask for the TextSafe")
    expect(hands.page.get_by_text("The charity has your request.")).to_be_visible(timeout=PATIENCE)
    return re.search(r"TS-\w+", hands.page.inner_text("h1")).group(0)


def approve(hands: Hands, request: str) -> None:
    """The screener finds the request on their own first page and lets it go."""
    hands.page.goto("/")
    hands.press(f"Screen TextSafe request {request}")
    hands.press("Approve and send")
    expect(hands.page.get_by_text("Approved. The text is on its way.")).to_be_visible(timeout=PATIENCE)


def open_phone(phone: Any, number: str) -> None:
    """Take up the sandbox phone of that number; the list shows it by itself once a text is there."""
    phone.goto("/")
    Mouse(phone).press(spoken(number))


def reply(phone: Any, words: str) -> None:
    """Whoever holds the phone writes back."""
    phone.get_by_label("Write a text").fill(words)
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_text("The phone has sent it.")).to_be_visible(timeout=PATIENCE)


def write_time(hands: Hands, moment: datetime) -> None:
    """Type a moment into the four boxes of a page that asks for one alone."""
    here = in_london(moment)
    for box, value in (
        ("Day", here.day),
        ("Month", here.month),
        ("Year", here.year),
        ("Time, 24-hour", f"{here:%H:%M}"),
    ):
        hands.write(box, str(value))


def record_found(hands: Hands, *, scripts: bool = True) -> None:
    """The officer records the person as found, from the incident."""
    hands.press("Record as found")
    if scripts:
        hands.press("Set to now")
    else:
        write_time(hands, timezone.now())
    hands.pick("Who found them", "Returned of their own accord")
    hands.write("How this is known", "Mother rang: back at home.")
    hands.press("Record as found")
    expect(hands.page.get_by_role("heading", name="After the finding")).to_be_visible(timeout=PATIENCE)
