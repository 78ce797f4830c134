"""From an administrator's invitation to a colleague at work: real mail, real browser, real passkey."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cast import Member, member
from tests.fixtures_processes import Stack
from tests.processes import wait_until

NEW = "ada.quill@met.example"
PASSWORD = "lantern orbit velvet"


@pytest.fixture
def met_chief(live_stack: Stack) -> Member:
    from foundation.accounts.enums import Role
    from foundation.accounts.models import Organisation

    place = Organisation.objects.get(code="metropolitan")
    return member("chief@met.example", "Glenn Pike", place, Role.ADMINISTRATOR)


def sign_in_with_code(page: Any, person: Member) -> None:
    from tests.cast import PASSWORD as KNOWN

    page.goto("/accounts/login/")
    page.fill("[name=login]", person.user.email)
    page.fill("[name=password]", KNOWN)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("[name=code]", person.code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def link_in_mail(stack: Stack) -> str:
    wait_until(lambda: bool(stack.provider.mails(to=NEW)), "the invitation has arrived")
    text = stack.provider.mails(to=NEW)[-1]["plain"]
    # Passkeys are kept for names, so the colleague opens the site by one.
    return re.search(r"http\S+", text).group(0).replace("127.0.0.1", "localhost")


def with_a_passkey(page: Any) -> None:
    """Give the window a device that keeps passkeys and finds its owner present."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_an_invited_colleague_comes_in_with_a_passkey_and_stays_out_once_suspended(
    page: Any, live_stack: Stack, met_chief: Member
) -> None:
    sign_in_with_code(page, met_chief)
    page.goto("/administration/people/invite/")
    page.fill("[name=email]", NEW)
    page.get_by_label("Police officer or liaison").check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation is on its way.").wait_for()

    base = live_stack.staff.replace("127.0.0.1", "localhost")
    colleague = page.context.browser.new_context(base_url=base).new_page()
    with_a_passkey(colleague)
    colleague.goto(link_in_mail(live_stack))
    colleague.fill("[name=full_name]", "Ada Quill")
    colleague.fill("[name=password1]", PASSWORD)
    colleague.fill("[name=password2]", PASSWORD)
    colleague.get_by_role("button", name="Make my account").click()
    colleague.get_by_role("button", name="Set up a passkey").click()
    colleague.check("[name=passwordless]")
    colleague.locator("main button").first.click()
    colleague.get_by_role("heading", name="Recovery codes").wait_for()
    colleague.get_by_role("button", name="Sign out").click()

    colleague.goto("/accounts/login/")
    colleague.get_by_role("button", name="Sign in with a passkey").click()
    colleague.wait_for_url(f"{base}/")
    colleague.goto("/your-account/")
    assert "Passkey or security key" in colleague.content()

    page.goto("/administration/people/")
    page.get_by_role("link", name="Ada Quill").click()
    page.get_by_role("link", name="Suspend this account").or_(
        page.get_by_role("button", name="Suspend this account")
    ).click()
    page.fill("[name=reason]", "Told to by the test.")
    page.get_by_role("button", name="Suspend").click()
    page.get_by_text("The account is suspended").wait_for()

    colleague.goto("/your-account/")
    assert "/accounts/login/" in colleague.url
    colleague.get_by_role("button", name="Sign in with a passkey").click()
    colleague.wait_for_url("**/accounts/inactive/")
    colleague.context.close()
