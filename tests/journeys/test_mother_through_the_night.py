"""A mother is supported through the night: she rings, is written to, writes back, and the shift changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from families.handover.models import Handover
from families.models import ContactRecord, FamilyMember, IdentityCheck, SupportTask
from families.services import cases, members, points
from families.services.cases import CaseDetails
from families.services.members import MemberDetails
from foundation.accounts.enums import Role
from tests.accessibility import faults_of
from tests.cast import Member, member
from tests.fixtures_processes import Stack
from tests.journeys import steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from tests.processes import wait_until

PHONE = {"width": 390, "height": 844}
UNSAFE, WHY_UNSAFE = "+442079460177", "Her husband answers it."
CODE_WORD = "Marigold"
SAID = "She hears his key in every car. She has not slept."
TOLD = "Nothing new tonight. The search goes on at first light."
PROMISED = "Ring her, before she has to ring us."
TEXT = "Callum here. Bea is on from ten and rings you, as I said."
REPLY = "Thank you. I will keep the phone by me"
NOTE = "She wants the truth, and one thing at a time."


@pytest.fixture
def worker(world: World) -> Member:
    """Whose shift ends."""
    return _family_worker(world, "callum", "Callum Fraser")


@pytest.fixture
def night_worker(world: World) -> Member:
    """Whose shift begins."""
    return _family_worker(world, "bea", "Bea Okonkwo")


def _family_worker(world: World, mailbox: str, name: str) -> Member:
    charity = world.caseworker.organisation
    return member(
        f"{mailbox}-{world.tag}@{charity.code}.example", f"{name} {world.tag}", charity, Role.FAMILY_SUPPORT
    )


@pytest.fixture
def mother(world: World, worker: Member, number: str) -> FamilyMember:
    """Supported since yesterday: a safe number, one that is not, and a word agreed with her alone."""
    case = cases.open_case(actor=worker.actor, details=CaseDetails(about=f"Her son Jude {world.tag}"))
    found = members.add_member(
        actor=worker.actor,
        case_id=case.pk,
        details=MemberDetails(
            name=f"Ngozi {world.tag}", relationship="parent", consent="given", contact_wish="yes"
        ),
    )
    given = {"actor": worker.actor, "member_id": found.pk}
    points.add_point(**given, kind="sms", value=number, is_preferred=True)
    points.add_point(**given, kind="phone", value=UNSAFE, unsafe_why=WHY_UNSAFE)
    return members.set_code_word(**given, word=CODE_WORD)


def test_a_mother_is_carried_through_a_change_of_shift(
    window: Opens, live_stack: Stack, mother: FamilyMember, worker: Member, night_worker: Member, number: str
) -> None:
    going = Mouse(window(worker, viewport=PHONE))
    she_rings(going, mother, number)
    call_is_promised(going, mother)
    written_and_answered(going, live_stack, mother, number)
    handover = handed_over(going, mother, night_worker)

    coming = Mouse(window(night_worker, viewport=PHONE))
    taken_over(coming, handover, worker)
    stands_on_the_desk(coming, mother, number)


def she_rings(hands: Mouse, mother: FamilyMember, number: str) -> None:
    """Who she is is made certain, she is told what there is, and the call is put down with one hand."""
    hands.page.goto("/")
    hands.press("Menu")
    hands.press("Families")
    hands.press(mother.case.reference)
    hands.press(mother.name)
    reached_by(hands.page, number)
    hands.press("Check who they are")
    hands.choose("How do you know that it is them?", "They said the code word")
    hands.write("The word they said", CODE_WORD.lower())
    hands.press("Record the check")
    expect(hands.page.get_by_text("Checked", exact=True)).to_be_visible()
    assert IdentityCheck.objects.get(member=mother).passed
    hands.press("Record what they were told")
    hands.write("What were they told?", TOLD)
    hands.press("Record what they were told")
    expect(hands.page.get_by_text(TOLD)).to_be_visible()
    hands.page.goto(reverse("families:case", args=[mother.case.reference]))
    hands.press("Quick entry")
    assert faults_of(hands.page) == []
    hands.choose("With whom?", mother.name)
    hands.choose("How long did it take?", "15 minutes")
    hands.write("What was said?", SAID)
    hands.press("Save")
    expect(hands.page.get_by_text("Saved.")).to_be_visible()
    row = ContactRecord.objects.get(member=mother)
    assert (row.words, row.ended_at - row.started_at) == (SAID, timedelta(minutes=15))


def call_is_promised(hands: Mouse, mother: FamilyMember) -> None:
    """It is owed by the family's worker until somebody has made it."""
    hands.press("Add an action or a promised call")
    hands.choose("What is it?", "Promised call")
    hands.write("What is to be done?", PROMISED)
    steps.write_time(hands, timezone.now() + timedelta(hours=2))
    hands.press("Add it")
    expect(hands.page.get_by_text(PROMISED).first).to_be_visible()


def written_and_answered(hands: Mouse, stack: Stack, mother: FamilyMember, number: str) -> None:
    """A text goes to the safe number alone, and what she writes back stands under it."""
    hands.press("Overview")
    hands.press(mother.name)
    hands.press("Text or e-mail")
    hands.choose("To", number)
    expect(hands.page.get_by_label(UNSAFE)).to_have_count(0)
    hands.write("Message", TEXT)
    hands.press("Send it")
    wait_until(
        lambda: [one["status"] for one in stack.provider.texts(to=number)] == ["delivered"],
        "her text",
        seconds=PATIENCE / 1000,
    )
    stack.provider.reply(number, REPLY)
    rows = ContactRecord.objects.filter(member=mother, inbound_id__isnull=False)
    wait_until(rows.exists, "her reply", seconds=PATIENCE / 1000)
    hands.page.goto(reverse("families:member", args=[mother.reference]))
    thread = hands.page.get_by_role("log").locator(".moj-message-item")
    expect(thread).to_have_count(3)
    expect(thread.nth(1)).to_contain_text(TEXT)
    expect(thread.nth(2)).to_contain_text(REPLY)
    hands.press("I have read what they wrote")
    expect(hands.page.get_by_role("button", name="I have read what they wrote")).to_have_count(0)
    assert rows.get().read_at is not None


def handed_over(hands: Mouse, mother: FamilyMember, to: Member) -> str:
    """What is open stands there by itself; a note beside the promised call, and the first signature."""
    hands.page.goto("/")
    hands.press("Menu")
    hands.press("Handover")
    hands.pick("Who takes over from you?", to.user.full_name)
    hands.press("Begin the handover")
    hands.write(f"Note on: Promised call, {mother.case.reference}", NOTE)
    assert faults_of(hands.page) == []
    hands.press("Save and sign")
    expect(hands.page.get_by_text(f"Signed. {to.user.full_name} reads and signs next.")).to_be_visible()
    return str(Handover.objects.get(incoming=to.user).reference)


def taken_over(hands: Mouse, handover: str, worker: Member) -> None:
    """Whoever comes finds it on the first page, reads it, and signs."""
    hands.page.goto("/")
    hands.press(f"Read and sign the handover of {worker.user.full_name}")
    expect(hands.page.get_by_text(NOTE)).to_be_visible()
    expect(hands.page.get_by_text(f"Signed by {worker.user.full_name}")).to_be_visible()
    assert faults_of(hands.page) == []
    hands.press("I have read this and take over")
    expect(hands.page.get_by_text("Signed. The shift is yours.")).to_be_visible()
    signed = Handover.objects.get(reference=handover)
    assert (signed.status, signed.signed_out_at is None, signed.signed_in_at is None) == (
        "done",
        False,
        False,
    )


def stands_on_the_desk(hands: Mouse, mother: FamilyMember, number: str) -> None:
    """The call is the night's to make, with all that was said before; only the safe number is dialled."""
    hands.page.goto("/")
    hands.press(f"Promised call, {mother.case.reference}")
    expect(hands.page.get_by_text(PROMISED).first).to_be_visible()
    hands.press("What they were told")
    expect(hands.page.get_by_text(TOLD)).to_be_visible()
    hands.press("Contact log")
    expect(hands.page.get_by_text(SAID)).to_be_visible()
    hands.press("Overview")
    hands.press(mother.name)
    reached_by(hands.page, number)
    hands.press("I am ringing them: start the timer")
    hands.write("What was said?", "She answered at once. She will try to sleep.")
    hands.press("Stop the timer and save")
    expect(hands.page.get_by_text("Saved.")).to_be_visible()
    made = ContactRecord.objects.filter(member=mother).latest("started_at")
    assert (made.direction, made.point.value) == ("out", number)
    hands.press("Overview")
    hands.page.locator("tr").filter(has_text=PROMISED).get_by_role("button", name="Done").click()
    expect(hands.page.get_by_text(PROMISED)).to_have_count(0)
    assert SupportTask.objects.get(case=mother.case).status == "done"


def reached_by(page: Any, number: str) -> None:
    """Her page dials the safe number; the other stands there with why nobody rings it, and is no link."""
    expect(page.get_by_text(UNSAFE, exact=True)).to_be_visible()
    expect(page.get_by_text(WHY_UNSAFE)).to_be_visible()
    dialled = page.locator("a[href^='tel:']").evaluate_all("links => links.map(link => link.href)")
    assert dialled == [f"tel:{number}"]
