"""Somebody long missing is referred to a tracing partner without accounts, which works on it by a link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from foundation.accounts.enums import OrganisationKind, Role
from missingcases.models import Incident
from partners.models import Profile, Referral
from tests.accessibility import faults_of
from tests.cast import Member, member, organisation
from tests.fixtures_processes import Stack
from tests.journeys import making
from tests.journeys.conftest import Opens, World
from tests.journeys.hands import Mouse
from tests.processes import wait_until

PHONE = {"width": 390, "height": 844}
FOUND_OUT = "Every register was asked, and none knows her."


@pytest.fixture
def coordinator(world: World) -> Member:
    """Of the force; known to this journey alone."""
    place = world.officer.organisation
    return member(
        f"coordinator-{world.tag}@{place.code}.example", "Ines Moura", place, Role.POLICE_COORDINATOR
    )


@pytest.fixture
def partner(world: World) -> Profile:
    """Traces, and has no accounts."""
    name = f"Journey Tracing {world.tag}"
    place = organisation(f"journey-{world.tag}", OrganisationKind.PARTNER, name)
    return Profile.objects.create(
        organisation=place, takes=["tracing"], email=f"desk@journey-{world.tag}.example"
    )


def test_a_partner_takes_a_referral_by_its_link_and_the_sender_reads_the_outcome(
    window: Opens, world: World, live_stack: Stack, coordinator: Member, partner: Profile
) -> None:
    incident = making.missing(world)
    sender = Mouse(window(coordinator))
    referral = refers(sender, incident, partner)
    assert Referral.objects.get(reference=referral).status == "sent"

    desk = Mouse(window(viewport=PHONE))
    opens(desk, live_stack, partner, world)
    assert faults_of(desk.page) == []
    desk.press("Accept the referral")
    desk.write("Who of you answers for it?", "Robin, tracing desk")
    desk.press("Accept the referral")
    expect(desk.page.get_by_text("Robin, tracing desk answers for it")).to_be_visible()
    told = mail(live_stack, coordinator.user.email, referral)
    assert "was accepted" in told

    desk.press("Say how it stands")
    desk.write("How does it stand?", "Two registers have answered.")
    desk.press("Send this")
    expect(desk.page.get_by_text("Two registers have answered.")).to_be_visible()
    sender.page.reload()
    expect(sender.page.get_by_text("Two registers have answered.")).to_be_visible()

    desk.press("Complete the referral")
    desk.choose("What did it come to?", "Looked for and not traced")
    desk.write("What was done, and what was found?", FOUND_OUT)
    desk.press("Complete the referral")
    expect(desk.page.get_by_text("You have finished")).to_be_visible()
    sender.page.reload()
    expect(sender.page.get_by_text(FOUND_OUT)).to_be_visible()
    desk.page.goto("/partners/link/")
    expect(desk.page.get_by_text("This is not open now")).to_be_visible()


def refers(sender: Mouse, incident: Incident, partner: Profile) -> str:
    """From the services of the incident to the referral that was sent; its reference."""
    sender.page.goto(f"/incidents/{incident.reference}/services/")
    sender.press("Refer to a partner")
    sender.pick("What for?", "Tracing")
    sender.press("Show partners")
    sender.press(f"Refer to {partner.organisation.name}")
    for label, words in (("Name", "Ada Quill"), ("Date of birth", "1 May 1980"), ("Missing since", "June")):
        sender.write(label, words)
    sender.write("Why do you refer them?", "All lines at the force have run out.")
    sender.pick("Lawful basis for sharing this", "Legitimate interests")
    sender.write("Why it is shared without a sharing agreement", "It is being signed.")
    assert faults_of(sender.page) == []
    sender.press("Send the referral")
    expect(sender.page.get_by_text("It is still yours")).to_be_visible()
    return str(Referral.objects.get(incident=incident).reference)


def opens(desk: Mouse, stack: Stack, partner: Profile, world: World) -> None:
    """The link alone shows nothing; with the code it shows the referral."""
    body = mail(stack, partner.email, "/partners/open/")
    assert world.family_name not in body
    address = re.search(r"/partners/open/[\w-]+/", body)
    assert address is not None
    desk.page.goto(address[0])
    expect(desk.page.get_by_text("A link alone shows nothing")).to_be_visible()
    assert "Ada Quill" not in desk.page.content()
    desk.press("Send the code")
    code = re.search(r"\b\d{6}\b", mail(stack, partner.email, "Your code"))
    assert code is not None
    desk.write("Code", code[0])
    desk.press("Open the referral")
    expect(desk.page.get_by_text("Ada Quill")).to_be_visible()


def mail(stack: Stack, to: str, words: str) -> str:
    """The e-mail with these words that arrives at this address."""
    found: list[Any] = []

    def has_come() -> bool:
        found[:] = [one["plain"] for one in stack.provider.mails(to=to) if words in one["plain"]]
        return bool(found)

    wait_until(has_come, f"an e-mail with {words}")
    return str(found[-1])
