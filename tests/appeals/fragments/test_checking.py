"""The check-back: what a look finds, when it is due, and who is asked to see to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from appeals import helpline
from appeals.fragment_contributions import fragment_work
from appeals.fragments import check_due
from appeals.models import FragmentCheck
from appeals.services import fragments
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible

pytestmark = pytest.mark.django_db
THERE = f"<!doctype html><title>Appeals</title><main>{helpline.as_html('en')}</main>"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def looked(page: FragmentCheck, *, later: timedelta = timedelta(0)) -> FragmentCheck:
    """After a look at a moment so much later than now."""
    with time_machine.travel(timezone.now() + later, tick=True):
        check_due()
    page.refresh_from_db()
    return page


def work_of(member, *, later: timedelta = timedelta(0)) -> list[str]:
    with time_machine.travel(timezone.now() + later, tick=True):
        queue = fragment_work(member.actor)
    return [item.words for item in queue.items] if queue else []


def refused(member, organisation_id: int, url: str = "https://1.1.1.1/a") -> dict[str, str]:
    with pytest.raises(Invalid) as told:
        fragments.add_page(actor=member.actor, organisation_id=organisation_id, url=url)
    return dict(told.value.problems)


def test_it_is_there(page, website) -> None:
    website.show(THERE)
    looked(page)
    assert (page.found, page.problem, page.missing_since) == (True, "", None)
    assert page.checked_at == page.seen_at


def test_it_was_taken_out_and_is_put_back(page, website, met_inspector, publicity_officer) -> None:
    website.show(THERE)
    looked(page)
    website.show("<!doctype html><p>Call us</p>")
    looked(page, later=2 * HOUR)
    assert (page.found, page.problem) == (False, "no_marker")
    since = page.missing_since
    assert page.seen_at < since
    assert page.said_problem == "The fragment is not on the page"
    looked(page, later=4 * HOUR)
    assert page.missing_since == since
    for member in (met_inspector, publicity_officer):
        assert work_of(member, later=DAY) == []
        assert work_of(member, later=DAY + 3 * HOUR) == [
            "The helpline is missing on a page of Metropolitan Police"
        ]
    website.show(THERE)
    looked(page, later=6 * HOUR)
    assert page.missing_since is None
    assert work_of(met_inspector, later=2 * DAY) == []


def test_a_page_that_is_away_for_a_day_is_told_of(page, website, publicity_officer) -> None:
    website.show("Down", status=503)
    looked(page)
    assert (page.found, page.problem) == (None, "503")
    assert page.said_problem == "The page answered with an error (503)"
    looked(page, later=DAY)
    assert work_of(publicity_officer, later=DAY + HOUR) == [
        "The helpline is missing on a page of Metropolitan Police"
    ]


def test_nobody_else_is_told(page, website, met_officer, caseworker, other_inspector) -> None:
    looked(page)
    for member in (met_officer, caseworker, other_inspector):
        assert work_of(member, later=2 * DAY) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"body": "x" * 10_000_000}, "too_large"),
        ({"body": THERE, "headers": {"Content-Type": "application/pdf"}}, "not_html"),
        ({"body": THERE, "headers": {"Content-Encoding": "gzip"}}, "not_html"),
        ({"body": THERE, "status": 404}, "404"),
        ({"body": "", "status": 302, "headers": {"Location": "/appeals"}}, "redirects"),
        ({"body": "", "status": 301, "headers": {"Location": "http://10.0.0.7/admin"}}, "not_allowed"),
        ({"body": "", "status": 301, "headers": {"Location": "https://10.0.0.7/admin"}}, "not_allowed"),
        ({"body": "", "status": 307, "headers": {"Location": "file:///etc/passwd"}}, "not_allowed"),
        ({"body": "", "status": 307, "headers": {"Location": "http://[broken"}}, "bad_answer"),
    ],
)
def test_what_cannot_be_seen_is_said(given, problem, page, website) -> None:
    website.show(**given)
    looked(page)
    assert (page.found, page.problem) == (None, problem)
    assert page.said_problem


def test_a_page_that_moved_is_followed(page, website) -> None:
    website.show("", status=301, headers={"Location": "/new/appeals"})
    website.show(THERE, "/new/appeals")
    assert looked(page).found


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "nonsense"])
def test_a_page_in_another_encoding_is_read(charset, page, website) -> None:
    website.show(THERE, headers={"Content-Type": f"text/html; charset={charset}"})
    assert looked(page).found


def test_each_page_is_looked_at_once_an_hour(page, website) -> None:
    website.show(THERE)
    looked(page)
    looked(page, later=timedelta(minutes=55))
    assert len(website.asked) == 1
    looked(page, later=timedelta(minutes=61))
    assert len(website.asked) == 2


def test_a_page_that_is_switched_off_is_left_alone(page, website, met_inspector) -> None:
    looked(page)
    fragments.switch_page(actor=met_inspector.actor, page_id=page.pk, is_active=False)
    looked(page, later=2 * HOUR)
    assert len(website.asked) == 1
    assert (page.found, page.problem, page.missing_since) == (None, "", None)
    assert work_of(met_inspector, later=2 * DAY) == []
    fragments.switch_page(actor=met_inspector.actor, page_id=page.pk, is_active=True)
    fragments.switch_page(actor=met_inspector.actor, page_id=page.pk, is_active=True)
    looked(page, later=2 * HOUR)
    assert len(website.asked) == 2
    said = AuditEvent.objects.filter(action__startswith="appeals.fragment_page_").order_by("pk")
    assert [one.action.rpartition("_page_")[2] for one in said] == ["added", "switched_off", "switched_on"]


def test_who_may_register_which_page(met_inspector, publicity_officer, met_officer, other_inspector) -> None:
    met = met_inspector.actor.organisation_id
    for member in (met_officer, other_inspector):
        with pytest.raises(Refused):
            fragments.add_page(actor=member.actor, organisation_id=met, url="https://1.1.1.1/a")
    page = fragments.add_page(actor=publicity_officer.actor, organisation_id=met, url="https://1.1.1.1/a#top")
    assert page.url == "https://1.1.1.1/a"
    with pytest.raises(NotVisible):
        fragments.switch_page(actor=other_inspector.actor, page_id=page.pk, is_active=False)
    charity = publicity_officer.actor.organisation_id
    assert refused(publicity_officer, met) == {"url": "This page is on the list already."}
    assert refused(publicity_officer, charity) == {"organisation": "Choose a force of the list."}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://1.1.1.1/",
        "ftp://1.1.1.1/",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://somebody:secret@1.1.1.1/",
        "https://1.1.1.1\\@10.0.0.7/",
        "https://1.1.1.1/a b",
        "https://1.1.1.1/á",
        "https://[broken/",
        "https://no-such-site.invalid/",
        "https://1.1.1.1/" + "a" * 300,
    ],
)
def test_an_address_that_cannot_be_looked_at_is_refused(url, met_inspector) -> None:
    assert refused(met_inspector, met_inspector.actor.organisation_id, url)["url"]
    assert not FragmentCheck.objects.exists()


def test_a_force_has_so_many_pages_and_no_more(met_inspector) -> None:
    actor = met_inspector.actor
    FragmentCheck.objects.bulk_create(
        FragmentCheck(organisation_id=actor.organisation_id, url=f"https://1.1.1.1/{number}")
        for number in range(fragments.MOST_PAGES)
    )
    assert "as many as it takes" in refused(met_inspector, actor.organisation_id)["url"]
