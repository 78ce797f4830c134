"""Who is offered what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import navigation
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.ui.reach import can_open


def offered(*roles):
    return [place.label for place in places(*roles)]


def places(*roles):
    actor = Actor(organisation_id=1, roles=frozenset(roles), user_id=1)
    return [place for place in navigation.DESTINATIONS if place.admits(actor)]


def menu(client, somebody, path="/"):
    """The words of the menu, and those of the line of parts, as the page has them."""
    html = somebody.sign_in(client).get(path).content.decode()
    bar = re.search(r'<nav aria-label="Menu".*?</nav>', html, re.DOTALL)
    line = re.search(r'<nav class="hb-parts".*?</nav>', html, re.DOTALL)
    return said_in(bar), said_in(line)


def said_in(found):
    words = re.findall(r">\s*([^<>]*?)\s*<(?:/a|/strong|span)", found[0]) if found else []
    return [one for one in words if one]


MOST = 15


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SYSTEM, Role.API_CLIENT}])
def test_a_menu_is_short_and_what_is_not_in_it_stands_one_step_further(role):
    found = places(role)
    names = {place.url_name for place in found}
    assert len([place for place in found if place.under not in names]) <= MOST
    # What is under an entry is one step from it: nothing is under what is itself under another.
    assert {place.under for place in found} & {
        place.url_name for place in found if place.under in names
    } == set()


def test_every_entry_stands_under_one_that_there_is():
    names = {place.url_name for place in navigation.DESTINATIONS}
    assert {place.under for place in navigation.DESTINATIONS} - names == {""}


@pytest.mark.django_db
def test_a_coordinators_menu_fits_one_line_and_leads_on_by_its_parts(client, met_coordinator):
    bar, line = menu(client, met_coordinator, "/partners/")
    assert bar == [
        "My work", "Duty desk", "Incidents", "Search", "TextSafe", "Partners", "Intelligence", "Appeals",
        "Alerts", "Figures",
    ]  # fmt: skip
    assert line == ["Referrals", "Directory", "Concerns", "Blind matching"]
    assert menu(client, met_coordinator, "/sightings/")[1] == ["Appeals", "Sightings"]
    assert menu(client, met_coordinator)[1] == []


@pytest.mark.django_db
def test_what_is_under_an_entry_that_one_is_not_offered_stands_in_the_menu(client, met_officer, caseworker):
    assert "Concerns" in menu(client, met_officer)[0]
    assert "Partners" not in menu(client, met_officer)[0]
    assert "Releases" in menu(client, caseworker)[0]


def test_nobody_is_offered_nothing():
    assert [place for place in navigation.DESTINATIONS if place.admits(Actor.nobody())] == []


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.CHARITY_CASEWORKER, "textsafe:queue"), (Role.POLICE_OFFICER, "textsafe:start")],
)
def test_textsafe_leads_the_charity_to_its_queue_and_officers_to_sending_one(role, page):
    assert [place.url_name for place in places(role) if place.label == "TextSafe"] == [page]


def test_the_trail_is_for_auditors_and_administration_for_administrators():
    assert "Audit" in offered(Role.AUDITOR)
    assert "Administration" not in offered(Role.AUDITOR)
    assert "Administration" in offered(Role.ADMINISTRATOR)
    assert "Audit" not in offered(Role.ADMINISTRATOR)


@pytest.mark.django_db
def test_the_page_one_is_on_is_marked(client, auditor):
    html = auditor.sign_in(client).get("/audit/").content.decode()
    assert re.search(r'href="/audit/" aria-current="true"', html)
    assert auditor.user.full_name in html
    assert auditor.organisation.name in html


@pytest.mark.django_db
def test_titles_hold_no_names(client, met_officer):
    html = met_officer.sign_in(client).get("/your-account/").content.decode()
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert title[1].strip() == "Your account \u2013 Harbour"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SYSTEM, Role.API_CLIENT}])
def test_no_entry_leads_to_a_refusal(role):
    actor = Actor(organisation_id=1, roles=frozenset({role}), user_id=1)
    offered_here = [place for place in navigation.DESTINATIONS if place.admits(actor)]
    installed = [place.url_name for place in offered_here if navigation.address(place.url_name)]
    assert [name for name in installed if not can_open(actor, name)] == []


def test_a_page_that_declares_nothing_or_is_not_there_opens_for_nobody():
    actor = Actor(organisation_id=1, roles=frozenset(Role), user_id=1)
    assert not can_open(actor, "no:such:page")
    assert not can_open(Actor.nobody(), "mine:account")
    assert can_open(actor, "mine:account")


def test_every_staff_page_has_the_menu():
    templates = Path(__file__).resolve().parents[2] / "templates"
    bare = {
        str(page.relative_to(templates))
        for page in templates.rglob("*.html")
        if '{% extends "base_page.html" %}' in page.read_text()
    }
    without = {
        "base.html",
        "base_error.html",
        "base_public.html",
        "interviews/phone.html",
        "sandbox/base.html",
    }
    assert bare == without, (
        "a staff page extends base.html: it has the menu, the way out and the session's end"
    )
