"""A force goes over to its own sign-in: an administrator, an officer, and the day it is down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from foundation.accounts.enums import OrganisationKind, Role
from tests.cast import PASSWORD, Member, member, organisation
from tests.fixtures_processes import Stack
from tests.foundation.single_sign_on.conftest import Directory, start
from tests.journeys.hands import Mouse
from tests.processes import wait_until
from tests.ui.drawing import draw

CODE, NAME = "selkirk", "Selkirk Police"
SECRET = "copied from the provider"
GROUP, HELPERS = "selkirk-missing-persons", "selkirk-administrators"
OFFICER = "robyn.vane@selkirk.example"


@pytest.fixture
def chief(live_stack: Stack) -> Member:
    place = organisation(CODE, OrganisationKind.POLICE_FORCE, NAME)
    return member("chief@selkirk.example", "Morag Bain", place, Role.ADMINISTRATOR)


@pytest.fixture
def auditor(live_stack: Stack) -> Member:
    place = organisation(CODE, OrganisationKind.POLICE_FORCE, NAME)
    return member("auditor@selkirk.example", "Euan Reid", place, Role.AUDITOR)


@pytest.fixture
def colleague(chief: Member) -> Member:
    return member("colleague@selkirk.example", "Iain Orr", chief.organisation, Role.POLICE_OFFICER)


@pytest.fixture
def force(live_stack: Stack, tmp_path: Any) -> Iterator[Directory]:
    """The force's own provider, which knows both and gives a second factor."""
    back = f"{live_stack.staff}/sign-in/{CODE}/back/"
    process = start(tmp_path, [{"id": "harbour", "secret": SECRET, "redirect": back}])
    directory = Directory(tmp_path)
    directory.says("robyn", name="Robyn Vane", email=OFFICER, roles=[GROUP], amr=["mfa"])
    directory.says("morag", name="Morag Bain", email="chief@selkirk.example", roles=[HELPERS], amr=["mfa"])
    yield directory
    process.kill()
    process.wait()


def looks_well(page: Any, name: str) -> None:
    """Nothing is wrong with the page as it stands, at desk and phone width."""
    assert draw(page, f"single-sign-on-{name}") == []


def at_the_provider(page: Any, name: str) -> None:
    page.get_by_role("heading", name="Sign in to the force").wait_for()
    page.get_by_label("User name").fill(name)
    page.get_by_role("button", name="Sign in there").click()


def by_ones_organisation(page: Any, email: str, name: str, *, look: bool = True) -> None:
    """From the sign-in page to wherever one ends. Without scripts there is no looking."""
    hands = Mouse(page)
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    if look:
        looks_well(page, "sign-in")
    hands.press("Use my organisation's sign-in")
    if look:
        looks_well(page, "found")
    hands.press(f"Sign in through {NAME}")
    at_the_provider(page, name)


def by_password(page: Any, person: Member) -> None:
    page.fill("[name=login]", person.user.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page: Any, person: Member) -> None:
    page.fill("[name=code]", person.code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def set_up(page: Any, force: Directory) -> None:
    hands = Mouse(page)
    page.goto("/administration/")
    hands.press("Single sign-on")
    hands.press("Fill in connection")
    hands.write("Issuer", force.issuer)
    hands.write("Client id", "harbour")
    hands.write("Secret", "a wrong one")
    hands.write("Domains of your e-mail addresses", "selkirk.example")
    hands.press("Check these settings")
    page.get_by_text("It does not know this client id with this secret.").wait_for()
    looks_well(page, "checked")
    assert page.get_by_label("Issuer").input_value() == force.issuer
    hands.write("Secret", SECRET)
    hands.press("Check these settings")
    page.get_by_text("It knows the client id and the secret.").wait_for()
    hands.press("Save")
    hands.press("Change roles it gives")
    hands.write("Police officer or liaison", GROUP)
    hands.write("Administrator", HELPERS)
    hands.choose("Who may come in without an account here?", EVERYBODY)
    hands.write("Values of amr that stand for a second factor", "mfa")
    hands.press("Save")
    hands.press("Switch it on")
    page.get_by_text("It is offered on the sign-in page now.").wait_for()


EVERYBODY = "Everybody whom the sign-in gives a role; their account is made at once"


def test_a_force_goes_over_to_its_own_sign_in(
    window: Any, live_stack: Stack, chief: Member, auditor: Member, colleague: Member, force: Directory
) -> None:
    set_up(window(chief), force)

    # An officer nobody invited, in a browser without scripts.
    officer = window(scripts=False)
    by_ones_organisation(officer, OFFICER, "robyn", look=False)
    officer.get_by_role("heading", name="My work").wait_for()
    officer.goto("/your-account/")
    assert "Robyn Vane" in officer.content()
    assert "Police officer or liaison" in officer.content()

    # The administrator has an account already, and shows once that it is hers.
    page = window()
    hands = Mouse(page)
    by_ones_organisation(page, chief.user.email, "morag")
    looks_well(page, "first-time")
    hands.press("Sign in with my password this once")
    by_password(page, chief)
    give_code(page, chief)
    looks_well(page, "mine")
    hands.press("Yes, this account is mine")
    looks_well(page, "tied")
    hands.press("Go on")
    page.get_by_role("heading", name="My work").wait_for()
    page.goto("/your-account/")
    assert "Morag Bain" in page.content()
    looks_well(page, "account")
    page.goto("/accounts/email/")
    looks_well(page, "kept-apart")
    page.goto("/sign-in/again/?next=/administration/single-sign-on/")
    looks_well(page, "again")

    # Passwords go. What authorises asks her to sign in there anew.
    page.goto("/administration/single-sign-on/")
    hands.press("Change passwords")
    if "again" in page.url:
        hands.press(f"Confirm through {NAME}")
        at_the_provider(page, "morag")
    hands.choose("May your people sign in with a password here?", "No, only by your own sign-in")
    hands.write("Break-glass accounts", f"{chief.user.email}\n{auditor.user.email}")
    hands.press("Save")
    page.wait_for_url(re.compile("/accounts/login/"))
    officer.goto("/your-account/")
    assert "/accounts/login/" in officer.url

    # A right password now leads to the force's own sign-in, and only the break-glass account's opens.
    other = window()
    other.goto("/accounts/login/")
    by_password(other, colleague)
    other.get_by_text(f"{NAME} takes no passwords here.").wait_for()
    looks_well(other, "no-passwords")
    other.goto(f"/sign-in/{CODE}/back/?state=made-up")
    looks_well(other, "problem")
    glass = window()
    glass.goto("/accounts/login/")
    by_password(glass, auditor)
    give_code(glass, auditor)
    glass.get_by_role("heading", name="My work").wait_for()
    for told in (chief, auditor):
        wait_until(
            lambda told=told: any(
                "break-glass account was used" in mail["subject"]
                for mail in live_stack.provider.mails(to=told.user.email)
            ),
            "the e-mail about the break-glass account",
            seconds=60,
        )

    # Whoever is taken out of the group is out at their next sign-in, and told whom to ask.
    force.says("robyn", name="Robyn Vane", email=OFFICER, roles=[], amr=["mfa"])
    officer.goto("/accounts/login/")
    officer.fill("[name=login]", OFFICER)
    Mouse(officer).press("Use my organisation's sign-in")
    Mouse(officer).press(f"Sign in through {NAME}")
    officer.get_by_role("heading", name="You cannot come in").wait_for()
    assert "gives you no role here" in officer.content()
