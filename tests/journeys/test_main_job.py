"""The main job from end to end: reported, graded, asked for, screened, texted, delivered, answered, found."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.fixtures_processes import Stack
from tests.journeys import steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Keys, Mouse
from tests.processes import wait_until

REPLY = "I am at the station and I am scared"
ANSWER = "You are not in trouble. Can you ring us on 116000?"


def what_the_force_reads(page: Any, reference: str, request: str) -> dict[str, str]:
    """The words of every page where the force could see that something came back, without the clocks."""
    pages = {
        "my work": "/",
        "incidents": "/incidents/",
        "overview": f"/incidents/{reference}/",
        "services": f"/incidents/{reference}/services/",
        "timeline": f"/incidents/{reference}/timeline/",
        "files": f"/incidents/{reference}/files/",
        "releases": f"/incidents/{reference}/releases/",
        "request": f"/textsafe/requests/{request}/",
    }
    read = {}
    for name, address in pages.items():
        page.goto(address)
        read[name] = re.sub(
            r"(just now|(less than a|\d+) (minute|hour)s?( \d+ minutes?)?( ago)?)", "", words(page)
        )
    return read


def words(page: Any) -> str:
    return str(page.inner_text("body"))


def test_the_main_job(window: Opens, live_stack: Stack, world: World, number: str) -> None:
    officer = Mouse(window(world.officer))
    supervisor = Mouse(window(world.supervisor))
    caseworker = Mouse(window(world.caseworker))
    phone = window(base=live_stack.provider.url)

    officer.page.goto("/")
    reference = steps.report_quickly(officer, world, number)
    steps.grade(supervisor, world, reference)
    steps.open_incident(officer, world, reference)
    request = steps.ask_for_a_text(officer)
    expect(officer.page.get_by_text("Waiting")).to_be_visible()

    steps.approve(caseworker, request)
    steps.open_phone(phone, number)
    expect(phone.get_by_text(steps.TEXT)).to_be_visible(timeout=PATIENCE)

    # The officer has touched nothing: the page shows the receipt by itself, and again when it is opened anew.
    standing = officer.page.locator(".govuk-tag")
    expect(standing).to_have_text("Delivered", timeout=PATIENCE)
    officer.page.reload()
    expect(standing).to_have_text("Delivered")

    before = what_the_force_reads(officer.page, reference, request)
    steps.reply(phone, REPLY)
    caseworker.page.goto("/")
    caseworker.press("TextSafe")
    caseworker.page.get_by_role("link", name="Conversations").click()
    row = caseworker.page.get_by_role("row").filter(has_text="Nobody yet")
    expect(row.first).to_be_visible(timeout=PATIENCE)
    conversation = charity_finds(caseworker.page, number)
    caseworker.press("Claim this conversation")
    caseworker.write("Your answer", ANSWER)
    caseworker.press("Send")
    expect(phone.get_by_text(ANSWER)).to_be_visible(timeout=PATIENCE)
    caseworker.page.goto(conversation)
    expect(caseworker.page.get_by_text("Delivered")).to_be_visible(timeout=PATIENCE)

    assert what_the_force_reads(officer.page, reference, request) == before
    for page in before.values():
        assert REPLY not in page
        assert ANSWER not in page
    assert officer.page.request.get(conversation).status in {403, 404}

    # A second number is asked for and waits for the charity when the person is found.
    second = number_after(number)
    steps.open_incident(officer, world, reference)
    waiting = steps.ask_for_a_text(officer, number=second)
    steps.open_incident(officer, world, reference)
    steps.record_found(officer)
    expect(officer.page.get_by_text("Nothing was being sent when you saved.")).to_be_visible()
    officer.page.goto(f"/textsafe/requests/{waiting}/")
    expect(standing).to_have_text("Not sent")
    caseworker.page.goto("/textsafe/screening/")
    assert waiting not in words(caseworker.page)
    caseworker.page.goto(f"/textsafe/screening/{waiting}/")
    expect(caseworker.page.get_by_role("button", name="Approve and send")).to_have_count(0)
    assert live_stack.provider.texts(to=second) == []
    assert len(live_stack.provider.texts(to=number)) == 2  # the text and the answer, each once
    assert told_by_logs(live_stack, world, number, second) == []


def test_the_main_job_by_keyboard_alone(window: Opens, live_stack: Stack, world: World, number: str) -> None:
    officer, supervisor, caseworker = (
        Keys(window(one)) for one in (world.officer, world.supervisor, world.caseworker)
    )

    officer.page.goto("/")
    reference = steps.report_quickly(officer, world, number)
    steps.grade(supervisor, world, reference)
    steps.open_incident(officer, world, reference)
    request = steps.ask_for_a_text(officer)
    steps.approve(caseworker, request)

    expect(officer.page.locator(".govuk-tag")).to_have_text("Delivered", timeout=PATIENCE)
    steps.open_incident(officer, world, reference)
    steps.record_found(officer)
    assert [text["status"] for text in live_stack.provider.texts(to=number)] == ["delivered"]


def test_the_main_job_without_scripts(window: Opens, live_stack: Stack, world: World, number: str) -> None:
    officer, supervisor, caseworker = (
        Mouse(window(one, scripts=False)) for one in (world.officer, world.supervisor, world.caseworker)
    )

    officer.page.goto("/")
    reference = steps.report_quickly(officer, world, number)
    steps.grade(supervisor, world, reference)
    steps.open_incident(officer, world, reference)
    request = steps.ask_for_a_text(officer)
    steps.approve(caseworker, request)

    def delivered_when_opened_again() -> bool:
        officer.page.reload()
        return officer.page.locator(".govuk-tag").inner_text() == "Delivered"

    wait_until(delivered_when_opened_again, "the receipt", seconds=PATIENCE / 1000)
    steps.open_incident(officer, world, reference)
    steps.record_found(officer, scripts=False)
    assert [text["status"] for text in live_stack.provider.texts(to=number)] == ["delivered"]


def told_by_logs(stack: Stack, world: World, *numbers: str) -> list[str]:
    """What of the people and their words stands in the log of any process that worked on this."""
    spoken = [number.removeprefix("+44") for number in numbers]
    secrets = [world.family_name, REPLY, ANSWER, steps.TEXT, world.officer.user.email, *spoken]
    logs = {name: stack.processes.log(name).replace(" ", "") for name in stack.processes.running}
    assert all("request_finished" in logs[name] for name in ("staff", "public"))
    return [
        f"{name}: {one}" for name, text in logs.items() for one in secrets if one.replace(" ", "") in text
    ]


def number_after(number: str) -> str:
    """A number of the unused end of the drama range, beside that one."""
    return f"+447700900{int(number[-3:]) - 400}"


def charity_finds(page: Any, number: str) -> str:
    """Open the conversation with that number, as soon as the list has it: its address."""
    listed = page.url

    def opened() -> bool:
        page.goto(listed)
        links = page.locator("tbody a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for address in links:
            page.goto(address)
            if number in words(page):
                return True
        return False

    wait_until(opened, "a conversation with that number", seconds=PATIENCE / 1000)
    return str(page.url)
