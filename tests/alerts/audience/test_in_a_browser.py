"""Signing up on a phone, confirming and leaving; every page at a desk and on a phone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import expect

from alerts.audience.models import Subscription
from foundation.accounts.enums import OrganisationKind, Role
from foundation.messaging.models import Message
from foundation.places.models import Area
from tests.accessibility import faults_of
from tests.alerts.audience.conftest import code_sent, link_sent
from tests.cast import Member, member, organisation
from tests.fixtures_processes import Stack
from tests.processes import wait_until

NARROW, WIDE = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
PATIENCE = 60
NUMBER = "+447700900777"


@pytest.fixture
def manager(live_stack: Stack) -> Member:
    """The charity's manager."""
    place = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    return member("audience@charity.example", "Kit Keeps", place, Role.CHARITY_MANAGER, Role.ADMINISTRATOR)


def look(page: Any) -> None:
    """axe, and no sideways scrolling, at a desk and on a phone."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def sent(count: int) -> bool:
    """Whether so many messages are queued to have an address confirmed."""
    return Message.objects.filter(service="alerts_signup").count() >= count


def mine() -> Any:
    """The subscriptions that have not ended of whom this test signs up."""
    return Subscription.objects.filter(subscriber__source="sign_up").exclude(status="left")


def test_somebody_signs_up_on_a_phone_and_leaves(page, live_stack, manager) -> None:
    Area.objects.get_or_create(code="E09000022", defaults={"name": "Lambeth", "kind": "borough"})
    before = Message.objects.filter(service="alerts_signup").count()
    page.set_viewport_size(NARROW)
    page.goto(f"{live_stack.public}/alerts/sign-up/")
    look(page)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("alert").first).to_contain_text("Choose by text message or by e-mail")
    look(page)
    page.get_by_label("By text message").check()
    page.get_by_label("Your mobile number").fill(NUMBER)
    page.get_by_label("Where is home?").fill("Lambeth (borough)")
    page.get_by_label("I want a message whenever").check()
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/alerts/code/**")
    look(page)
    wait_until(lambda: sent(before + 1), "a text with a code", seconds=PATIENCE)
    page.get_by_label("The code from the text").fill(code_sent())
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/alerts/confirmed/")
    look(page)
    wait_until(lambda: mine().count() == 1, "a subscription", seconds=PATIENCE)
    page.goto(f"{live_stack.public}/alerts/choices/")
    look(page)
    page.get_by_label("By text message").check()
    page.get_by_label("Your mobile number").fill(NUMBER)
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Send me the link").click()
    page.wait_for_url("**/alerts/choices/sent/")
    look(page)
    wait_until(lambda: sent(before + 2), "a text with the link", seconds=PATIENCE)
    link = live_stack.public + urlsplit(link_sent()).path
    for path in ("", "change/", "pause/", "go-on/", "leave/"):
        page.goto(link + path)
        look(page)
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Stop my alerts").click()
    page.wait_for_url("**/alerts/choices/left/")
    look(page)
    wait_until(lambda: not mine().exists(), "no subscription", seconds=PATIENCE)


@pytest.mark.parametrize("path", ["sign-up/", "sign-up/sent/", "choices/", "choices/saved/", "confirmed/"])
def test_the_pages_in_welsh(page, live_stack, path) -> None:
    page.goto(f"{live_stack.public}/cy/alerts/{path}")
    look(page)


def test_the_charitys_pages(page, live_stack, manager) -> None:
    found = manager.sign_in(Client()).cookies
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": live_stack.staff} for name, one in found.items()]
    )
    for path in ("", "lists/", "rehearsals/", "districts/"):
        page.goto(f"{live_stack.staff}/alerts/audience/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        look(page)
