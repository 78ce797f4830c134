"""A child comes home: an interview is offered, held without network, and the force reads an extract of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from foundation.accounts.enums import OrganisationKind, Role
from missingcases.intelligence.models import Report
from missingcases.models import Incident
from rhi.interviews.models import Answer, Interview, PhoneCopy
from rhi.models import Referral
from tests.accessibility import faults_of
from tests.cast import Member, member, organisation
from tests.journeys import making, steps
from tests.journeys.conftest import PATIENCE, Opens, World
from tests.journeys.hands import Mouse
from tests.network import Network
from tests.processes import wait_until
from tests.rhi.conftest import arrange

PHONE = {"width": 390, "height": 844}
PIN = "295817"
# Words of the transcript, each of which no page of the force may hold.
AT_HOME = "The-shouting-on-Sundays made me climb out"
HURT = "He-burnt-my-arm with a lighter"
READ = "A man called Tam hurts children at a flat by the canal."
_UNSIGNED = "Which office has signed is being settled, and children are hurt there."


@pytest.fixture
def interviewer(world: World) -> Member:
    """Of the charity; known to this journey alone."""
    charity = world.caseworker.organisation
    return member(
        f"interviewer-{world.tag}@{charity.code}.example",
        f"Sunita {world.tag}",
        charity,
        Role.RHI_INTERVIEWER,
    )


@pytest.fixture
def child(world: World) -> Incident:
    """Missing, fifteen, and in the care of an authority that has its children interviewed by the charity."""
    authority = organisation(f"la-{world.tag}", OrganisationKind.LOCAL_AUTHORITY, f"Council {world.tag}")
    arrange(authority, world.caseworker.organisation)
    return making.missing(world, looked_after="yes", placing_authority_id=authority.pk)


def test_a_child_returns_is_interviewed_offline_and_the_force_acknowledges_an_extract(
    window: Opens, world: World, child: Incident, interviewer: Member, network: Network
) -> None:
    officer = Mouse(window(world.officer))
    comes_home(officer, world, child)
    referral = opened_by_itself(child)
    manager = Mouse(window(world.manager))
    given_to(manager, referral, interviewer)
    phone = window(interviewer, base=network.address, viewport=PHONE)
    interview = accepted_and_begun(Mouse(phone), referral)
    phone = written_without_network(phone, network, interview)
    desk = Mouse(phone)
    decided_and_completed(desk, interview)
    reported(desk, referral)
    extract = graded(desk, interview)
    approved_and_sent(manager, extract)
    acknowledged(officer, extract)
    nothing_of_the_transcript(officer.page, child, extract)


def comes_home(officer: Mouse, world: World, child: Incident) -> None:
    """Found, then back at the placement: two things an officer says, one after the other."""
    steps.open_incident(officer, world, child.reference)
    steps.record_found(officer)
    officer.press("Record the return")
    officer.press("Set to now")
    officer.press("Record the return")
    expect(officer.page.get_by_text("The return is recorded.")).to_be_visible()


def opened_by_itself(child: Incident) -> str:
    """A worker has referred the child, without anybody asking; returns the reference."""
    rows = Referral.objects.filter(incident=child)
    wait_until(rows.exists, "the referral to open", seconds=PATIENCE / 1000)
    return str(rows.get().reference)


def given_to(manager: Mouse, referral: str, interviewer: Member) -> None:
    """The duty manager finds it on the first page and chooses who goes."""
    manager.page.goto("/")
    manager.press(f"Choose an interviewer for {referral}")
    manager.press("Choose an interviewer")
    manager.press(f"Give it to {interviewer.user.full_name}")
    expect(manager.page.get_by_text("Given to the interviewer.")).to_be_visible()


def accepted_and_begun(phone: Mouse, referral: str) -> Interview:
    """An attempt, a yes, the limits explained: all of it on the phone."""
    phone.page.goto("/")
    phone.press(f"Offer the interview of {referral}")
    phone.press("Record an attempt to reach them")
    phone.press("Set to now")
    phone.choose("How?", "Telephone call")
    phone.choose("Whom?", "The child")
    phone.choose("What came of it?", "Talked")
    phone.press("Save the attempt")
    phone.press("Record their answer")
    phone.choose("What did they say?", "Yes, they want to talk")
    phone.press("Set to now")
    phone.page.get_by_label("I explained what stays between us").check()
    phone.press("Save the answer")
    phone.press("Begin the interview")
    phone.page.get_by_label("I have explained this").check()
    phone.press("Begin the interview")
    expect(phone.page.get_by_text("The interview has begun.")).to_be_visible()
    return Interview.objects.get(referral__reference=referral)


def written_without_network(phone: Any, network: Network, interview: Interview) -> Any:
    """Typed while the network is away, across a reload and a closed tab; returns the page that is open."""
    Mouse(phone).press("Write on this phone or tablet")
    phone.get_by_label("A PIN of at least 6 digits").fill(PIN)
    phone.get_by_label("The same PIN again").fill(PIN)
    phone.get_by_role("button", name="Use this PIN").click()
    expect(phone.get_by_role("heading", name="Before: getting away")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready")
    context = phone.context
    network.cut(context)
    phone.get_by_label("Home or placement", exact=True).fill(AT_HOME)
    expect(standing(phone)).to_have_text("Saved on this phone. Not sent yet: no network.")
    phone.reload()
    unlocked(phone)
    assert faults_of(phone) == []
    phone.close()
    phone = context.new_page()
    phone.goto(f"/interviews/form/phone/#{interview.reference}")
    unlocked(phone)
    phone.get_by_label("Section").select_option("Harm and offences")
    hurt = phone.get_by_role("group", name="Somebody hurt them")
    hurt.get_by_label("Yes", exact=True).check()
    phone.locator("[data-question='harm.hurt'] textarea").fill(HURT)
    phone.get_by_label("Section").select_option("Who may know")
    for who in ("The people who look after them", "The police", "Their parent or carer"):
        group = phone.get_by_role("group", name=who)
        group.get_by_label("The gist may be passed on, not my words", exact=True).check()
    expect(standing(phone)).to_have_text("Saved on this phone. Not sent yet: no network.")
    assert not Answer.objects.filter(interview=interview).exists()
    network.bring_back(context)
    expect(standing(phone)).to_have_text("Sent. Nothing waits on this phone.")
    kept = dict(Answer.objects.filter(interview=interview).exclude(words="").values_list("question", "words"))
    assert kept == {"push.home": AT_HOME, "harm.hurt": HURT}
    return phone


def unlocked(phone: Any) -> None:
    phone.get_by_label("The PIN of this phone").fill(PIN)
    phone.get_by_role("button", name="Open", exact=True).click()
    expect(phone.get_by_label("Home or placement", exact=True)).to_have_value(AT_HOME)


def standing(phone: Any) -> Any:
    """The line at the foot: whether anything waits on the phone."""
    return phone.locator("[data-part=status]")


def decided_and_completed(desk: Mouse, interview: Interview) -> None:
    """What the answers propose is decided, then it is complete and on no phone any more."""
    desk.page.goto(f"/interviews/form/{interview.reference}/")
    proposed(desk, "Child protection enquiry (section 47)", "not needed")
    desk.write("Why it is not needed", "The enquiry runs already.")
    desk.press("It is not needed")
    proposed(desk, "Intelligence for the police", "To be done")
    desk.choose("Why it may be passed on", "A crime against a child")
    desk.write("What whoever acts on it has to know", READ)
    desk.press("Confirm")
    desk.press("Complete the interview")
    desk.press("Set to now")
    desk.press("Complete the interview")
    expect(desk.page.get_by_text("The interview is complete.")).to_be_visible()
    assert not PhoneCopy.objects.filter(interview=interview, ended_at__isnull=True).exists()


def proposed(desk: Mouse, what: str, answer: str) -> None:
    """Take up one of the things that the answers propose."""
    desk.page.get_by_role("listitem").filter(has_text=what).get_by_role("link", name=answer).click()


def reported(desk: Mouse, referral: str) -> None:
    """The authority has the report."""
    desk.page.goto("/")
    desk.press(f"Send the report of {referral}")
    desk.press("Send the report to the authority")
    desk.write("If no sharing agreement covers this: why is it sent all the same?", _UNSIGNED)
    desk.press("Send it to the authority")
    expect(desk.page.get_by_text("Sent. The authority is asked to acknowledge it.")).to_be_visible()


def graded(desk: Mouse, interview: Interview) -> str:
    """The draft that the decision began is graded and handed to a second person; returns its reference."""
    report = Report.objects.get(origin_id=interview.outcomes.get(kind="police_intelligence").pk)
    desk.page.goto(reverse("intelligence:report", args=[report.reference]))
    desk.press("Change it")
    line = desk.page.get_by_role("group", name="Line 1")
    line.get_by_label("As police are to read it").fill(READ)
    line.get_by_label("How far the source can be trusted").select_option(label="2: untested")
    line.get_by_label("How they know it").select_option(label="A: known directly to the source")
    line.get_by_label("May the force share it").select_option(label="P: lawful sharing permitted")
    desk.press("Save and ask for approval")
    expect(desk.page.get_by_text("It waits for approval by somebody else.")).to_be_visible()
    return str(report.reference)


def approved_and_sent(manager: Mouse, extract: str) -> None:
    """Somebody who did not write it reads it. No agreement is signed yet, so it goes with a reason."""
    manager.page.goto(reverse("intelligence:report", args=[extract]))
    manager.press("Read it for approval")
    for words in (AT_HOME, HURT):
        expect(manager.page.get_by_text(words)).to_have_count(0)
    manager.press("Approve and send")
    manager.write("Why it must go although no agreement covers it", _UNSIGNED)
    manager.press("Send it")
    expect(manager.page.get_by_text("Sent. The force is to acknowledge it.")).to_be_visible()


def acknowledged(officer: Mouse, extract: str) -> None:
    """The officer's first page leads to it."""
    officer.page.goto("/")
    officer.page.get_by_role("link", name=extract).first.click()
    expect(officer.page.get_by_text(READ)).to_be_visible()
    officer.press("Acknowledge")
    expect(officer.page.get_by_text("Acknowledged. Say later what came of it.")).to_be_visible()


def nothing_of_the_transcript(page: Any, child: Incident, extract: str) -> None:
    """None of the force's pages of this child holds a word the child said, and the interview is not there."""
    incident = f"/incidents/{child.reference}/"
    parts = ("", "services/", "timeline/", "files/", "releases/")
    addresses = ["/", "/incidents/", *(incident + part for part in parts), f"/intelligence/{extract}/"]
    for address in (*addresses, f"/intelligence/{extract}/print/"):
        assert page.goto(address).status == 200, address
        read = page.content()
        for words in (AT_HOME, HURT, "climb out", "lighter"):
            assert words not in read, address
    interview = Interview.objects.get(referral__incident=child)
    for address in (
        f"/interviews/form/{interview.reference}/",
        f"/interviews/referrals/{interview.referral.reference}/",
    ):
        assert page.goto(address).status in {403, 404}, address
