"""The interview on a phone-sized screen in a real browser: without network, to the last word."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from foundation.accounts.enums import OrganisationKind, Role
from rhi import services as opening
from rhi.interviews import services
from rhi.interviews.models import Interview, PhoneCopy
from rhi.models import AuthorityPolicy, Referral
from tests.accessibility import faults_of
from tests.cast import Member, member, organisation
from tests.rhi.conftest import allocated, answered, arrange, came_home
from tests.rhi.interviews.conftest import written
from tests.rhi.interviews.stored import RAW

MARK = "the-boy-with-the-red-bicycle"
PIN = "295817"
GONE = "This interview is not on this phone any more"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def interviewer(live_stack):
    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    return member("phone@missing-people.example", "Sunita Rao", charity, Role.RHI_INTERVIEWER)


@pytest.fixture
def interview(live_stack, interviewer) -> Interview:
    """A child who will talk, on the running product."""
    met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
    lambeth = organisation("la-lambeth", OrganisationKind.LOCAL_AUTHORITY, "Lambeth")
    officer = member("phone-officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER)
    manager = member("phone-manager@missing.example", "Grace", interviewer.organisation, Role.CHARITY_MANAGER)
    if not AuthorityPolicy.objects.filter(authority=lambeth).exists():
        arrange(lambeth, interviewer.organisation)
    incident = came_home(officer, hours=3, looked_after="yes", placing_authority_id=lambeth.pk)
    opening.open_for_return(incident_id=incident.pk)  # unless the running worker was first
    referral = allocated(Referral.objects.get(incident=incident), manager, interviewer)
    answered(referral, interviewer, "accepted")
    return services.start(actor=interviewer.actor, referral_id=referral.pk, limits_explained=True)


@pytest.fixture
def site(network) -> str:
    return network.address


@pytest.fixture
def phone(page, site, interviewer) -> Any:
    """A phone-sized window of the signed-in interviewer."""
    return signed_in(page, site, interviewer)


def signed_in(page: Any, base: str, person: Member) -> Any:
    found = person.sign_in(Client()).cookies
    page.context.add_cookies([{"name": name, "value": one.value, "url": base} for name, one in found.items()])
    page.set_viewport_size(PHONE)
    page.goto(f"{base}/interviews/form/")  # a page with a token, as everybody comes by
    return page


def opened(page: Any, interview: Interview) -> Any:
    """On the phone for the first time, with a PIN."""
    page.goto(f"/interviews/form/phone/#{interview.reference}")
    expect(page.get_by_role("button", name=re.compile("passkey"))).to_be_hidden()  # there is none here
    page.get_by_label("A PIN of at least 6 digits").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Use this PIN").click()
    expect(page.get_by_role("heading", name="Before: getting away")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    return page


def unlocked(page: Any, pin: str = PIN) -> Any:
    page.get_by_label("The PIN of this phone").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()
    return page


def typed(page: Any, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).fill(words)


def status(page: Any) -> Any:
    return page.locator("[data-part=status]")


def test_no_word_is_lost_without_network_through_reload_and_closing(phone, network, interview) -> None:
    page = opened(phone, interview)
    context = page.context
    typed(page, "Home or placement", "sent at once")
    expect(status(page)).to_have_text("Sent. Nothing waits on this phone.")
    network.cut(context)
    typed(page, "Home or placement", MARK)
    expect(status(page)).to_have_text("Saved on this phone. Not sent yet: no network.")
    page.reload()
    unlocked(page)
    expect(page.get_by_label("Home or placement", exact=True)).to_have_value(MARK)
    page.close()
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto(f"/interviews/form/phone/#{interview.reference}")
    unlocked(page)
    expect(page.get_by_label("Home or placement", exact=True)).to_have_value(MARK)
    page.get_by_label("Section").select_option("Harm and offences")
    page.get_by_role("group", name="Somebody hurt them").get_by_label("Yes", exact=True).check()
    expect(status(page)).to_have_text("Saved on this phone. Not sent yet: no network.")
    assert interview.answers.get().words == "sent at once"
    raw = page.evaluate(RAW)
    assert interview.reference in raw
    assert MARK not in raw
    assert "push.home" not in raw
    assert "key:true" not in raw
    network.bring_back(context)
    expect(status(page)).to_have_text("Sent. Nothing waits on this phone.")
    assert dict(interview.answers.values_list("question", "version")) == {"push.home": 2, "harm.hurt": 1}
    assert interview.answers.get(question="push.home").words == MARK


def test_what_found_no_room_is_kept_and_sent_once_there_is_some(phone, interview) -> None:
    page = opened(phone, interview)
    page.evaluate("() => { window.put = IDBObjectStore.prototype.put; }")
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    typed(page, "Home or placement", MARK)
    expect(status(page)).to_have_text(re.compile("has no room"))
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    typed(page, "School, college or work", "no room there")
    expect(status(page)).to_have_text("Sent. Nothing waits on this phone.")
    kept = dict(interview.answers.values_list("question", "version"))
    assert kept == {"push.home": 1, "push.school": 1}
    assert interview.answers.get(question="push.home").words == MARK


def test_a_wrong_pin_opens_nothing_and_the_fifth_wipes(phone, network, interview) -> None:
    page = opened(phone, interview)
    network.cut(page.context)
    typed(page, "Home or placement", MARK)
    expect(status(page)).to_have_text(re.compile("no network"))
    page.get_by_role("button", name="Lock now").click()
    for left in (4, 3, 2, 1):
        unlocked(page, "000000")
        expect(page.get_by_text(f"{left} more tries")).to_be_visible()
    assert MARK not in page.content()
    page.reload()  # the tries are counted on the disk
    unlocked(page, "000000")
    expect(page.get_by_role("heading", name="Wiped")).to_be_visible()
    assert interview.reference not in page.evaluate(RAW)


def test_a_suspended_users_phone_is_wiped_and_an_idle_session_is_not(phone, interview, interviewer) -> None:
    page = opened(phone, interview)
    phone.context.clear_cookies()
    typed(page, "Home or placement", MARK)
    expect(status(page)).to_have_text("Saved on this phone. Not sent yet: sign in again.")
    user = interviewer.user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    try:
        page.reload()
        expect(page.get_by_role("heading", name=GONE)).to_be_visible()
        assert interview.reference not in page.evaluate(RAW)
    finally:
        type(user).objects.filter(pk=user.pk).update(is_active=True)


def test_what_was_changed_elsewhere_is_shown_and_asked_about(phone, network, interview, interviewer) -> None:
    page = opened(phone, interview)
    network.cut(page.context)
    typed(page, "Home or placement", "from the phone")
    typed(page, "School, college or work", "school, from the phone")
    expect(status(page)).to_have_text(re.compile("no network"))
    written(interviewer, interview, "push.home", words="from the desk")
    written(interviewer, interview, "push.school", words="school, from the desk")
    network.bring_back(page.context)
    expect(status(page)).to_have_text(re.compile("changed elsewhere"))
    assert interview.answers.get(question="push.home").words == "from the desk"
    home = page.locator("[data-question='push.home']")
    expect(home.get_by_text("from the desk")).to_be_visible()
    home.get_by_role("button", name="Let mine stand").click()
    page.locator("[data-question='push.school']").get_by_role("button", name="Take the other").click()
    expect(page.get_by_label("School, college or work", exact=True)).to_have_value("school, from the desk")
    expect(status(page)).to_have_text("Sent. Nothing waits on this phone.")
    assert interview.answers.get(question="push.home").words == "from the phone"
    assert interview.answers.get(question="push.school").words == "school, from the desk"


def test_a_second_tab_does_not_write_beside_the_first(phone, interview) -> None:
    page = opened(phone, interview)
    other = page.context.new_page()
    other.goto(f"/interviews/form/phone/#{interview.reference}")
    unlocked(other)
    expect(other.get_by_role("heading", name="This interview is open in another tab")).to_be_visible()


def test_an_answer_that_was_never_heard_is_not_written_twice(phone, interview) -> None:
    """The network goes after the server has saved: the same change is sent again, and then the next."""
    page = opened(phone, interview)
    lost = {"once": True}

    def lose(route: Any) -> None:
        route.fetch()
        if lost.pop("once", None):
            return route.abort()
        return route.continue_()

    page.context.route("**/answer/", lose)
    typed(page, "Home or placement", "first")
    expect(status(page)).to_have_text(re.compile("no network"))
    page.context.unroute("**/answer/")
    typed(page, "Home or placement", "first and second")
    expect(status(page)).to_have_text("Sent. Nothing waits on this phone.")
    assert (interview.answers.get().words, interview.answers.get().version) == ("first and second", 2)


def test_without_network_past_its_lease_or_its_time_it_does_not_open(phone, network, interview) -> None:
    page = opened(phone, interview)
    network.cut(page.context)
    page.clock.install(time=timezone.now() + timedelta(hours=13))
    page.reload()
    expect(page.get_by_role("heading", name="Open this where there is network")).to_be_visible()
    page.clock.set_fixed_time(timezone.now() + timedelta(hours=73))
    page.reload()
    expect(page.get_by_role("heading", name=GONE)).to_be_visible()
    assert interview.reference not in page.evaluate(RAW)


def test_signing_out_leaves_the_phone_locked_and_no_word_lost(phone, interview) -> None:
    page = opened(phone, interview)
    page.goto("/interviews/form/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert interview.reference in page.evaluate(RAW)
    assert PhoneCopy.objects.filter(interview=interview, ended_at__isnull=True).exists()


def test_it_opens_by_a_passkey_that_holds_a_secret(page, live_stack, interviewer, interview) -> None:
    # A passkey belongs to a name, never to a number.
    base = live_stack.staff.replace("127.0.0.1", "localhost")
    phone = signed_in(page, base, interviewer)
    session = phone.context.new_cdp_session(phone)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal"}
    options |= dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "hasPrf"), True)
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    phone.goto(f"{base}/interviews/form/phone/#{interview.reference}")
    phone.get_by_role("button", name=re.compile("passkey")).click()
    expect(phone.get_by_role("heading", name="Before: getting away")).to_be_visible()
    typed(phone, "Home or placement", MARK)
    expect(status(phone)).to_have_text("Sent. Nothing waits on this phone.")
    phone.get_by_role("button", name="Lock now").click()
    phone.get_by_role("button", name="Open by passkey").click()
    expect(phone.get_by_label("Home or placement", exact=True)).to_have_value(MARK)


def test_the_small_screens_stand_up_to_axe(phone, interview) -> None:
    phone.goto(f"/interviews/form/phone/#{interview.reference}")
    expect(phone.get_by_role("heading", name="Choose how this phone opens")).to_be_visible()
    assert faults_of(phone) == []
    page = opened(phone, interview)
    assert faults_of(page) == []
    page.get_by_label("Section").select_option("Harm and offences")
    assert faults_of(page) == []
    page.get_by_role("button", name="Lock now").click()
    assert faults_of(page) == []


def test_at_a_desk_it_saves_as_it_is_typed_and_asks_where_both_wrote(phone, interview, interviewer) -> None:
    phone.goto(f"/interviews/form/{interview.reference}/section/push/")
    saved = phone.locator("[data-part=saved]")
    typed(phone, "Home or placement", "typed")
    expect(saved).to_have_text("Saved")
    written(interviewer, interview, "push.home", words="elsewhere", version=1)
    typed(phone, "Home or placement", "typed further")
    expect(phone.get_by_text("elsewhere", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Let mine stand").click()
    expect(saved).to_have_text("Saved")
    assert interview.answers.get().words == "typed further"
