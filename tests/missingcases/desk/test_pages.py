"""The pages of the desk: who sees what, what is told again, what is audited, what a lost role ends."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import Membership, Session, User
from foundation.audit.models import AuditEvent
from missingcases import services as cases
from missingcases.desk.models import DeskRule, Notice
from missingcases.models import ReviewClock
from tests import isolation
from tests.missingcases import making

pytestmark = pytest.mark.django_db
POLL = {"HTTP_HX_REQUEST": "true", "HTTP_X_HARBOUR_POLL": "1"}


def text(client: Client, address: str = "/desk/", **headers: str) -> str:
    return client.get(address, **headers).content.decode()


def poll(client: Client, tag: str = "", address: str = "/desk/list/"):
    return client.get(address, HTTP_IF_NONE_MATCH=tag, **POLL)


@pytest.fixture
def incident(met_officer, met_supervisor):
    return making.missing(met_supervisor.actor, making.report(met_officer.actor), "high")


def test_the_desk_shows_what_is_new_with_a_way_to_acknowledge(client, second_met_officer, incident) -> None:
    page = text(second_met_officer.sign_in(client))
    assert page.count("Alex Moor") == 3  # new, high risk, unread
    assert "Acknowledge" in page
    assert "<title>Duty desk" in page
    assert "Refresh" in page


def test_the_other_force_sees_nothing_of_it(client, kent_officer, incident) -> None:
    page = text(kent_officer.sign_in(client))
    assert "Moor" not in page
    assert incident.reference not in page
    assert "Nothing waits to be acknowledged." in page
    answer = client.post("/desk/acknowledge/", {"incident": incident.reference})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["caseworker", "authority_worker", "publicity_officer", "rhi_interviewer"])
def test_others_have_a_desk_of_their_own_without_the_polices(client, request, who, incident) -> None:
    page = text(request.getfixturevalue(who).sign_in(client))
    assert "Moor" not in page
    assert "Nothing new in the last day." in page


def test_an_authority_sees_its_own_child_and_cannot_acknowledge(
    client, met_officer, authority_worker, lambeth
) -> None:
    incident = making.report(met_officer.actor, looked_after="yes", placing_authority_id=lambeth.pk)
    page = text(authority_worker.sign_in(client))
    assert "Alex Moor" in page
    assert f'value="{incident.reference}"' not in page


@pytest.mark.parametrize("who", ["auditor", "administrator", "met_administrator", "suspended_user"])
def test_who_has_no_case_content_has_no_desk(client, request, who) -> None:
    request.getfixturevalue(who).sign_in(client)
    assert client.get("/desk/").status_code in {302, 403}
    assert poll(client).status_code in {401, 403}


def test_a_colleague_not_named_sees_nothing_of_a_restricted_incident(
    client, met_officer, met_superintendent, incident
) -> None:
    desk, other = met_officer.sign_in(client), met_superintendent.sign_in(Client())
    assert "Moor" in poll(desk).content.decode()
    cases.restrict_incident(actor=met_superintendent.actor, incident_id=incident.pk, reason="Staff member.")
    assert "Moor" not in poll(desk).content.decode()
    assert "Moor" in poll(other).content.decode()


def test_nothing_new_is_304_and_a_new_incident_is_told_at_once(client, met_officer, incident) -> None:
    desk = met_officer.sign_in(client)
    first = poll(desk)
    tag = first["ETag"]
    before = AuditEvent.objects.filter(action="desk.listed").count()
    again = poll(desk, tag)
    assert (again.status_code, again.content) == (304, b"")
    assert AuditEvent.objects.filter(action="desk.listed").count() == before
    fresh = making.report(met_officer.actor, given_names="Sam", family_name="Hill")
    told = poll(desk, tag)
    assert told.status_code == 200
    assert "Sam Hill" in told.content.decode()
    listed = AuditEvent.objects.filter(action="desk.listed").latest("pk")
    assert {incident.pk, fresh.pk} == set(listed.target_ids)


def test_the_feed_asks_the_database_little_while_nothing_is_new(
    client, met_officer, incident, django_assert_max_num_queries
) -> None:
    desk = met_officer.sign_in(client)
    tag = poll(desk)["ETag"]
    poll(desk, tag)
    with django_assert_max_num_queries(2):
        assert poll(desk, tag).status_code == 304


@pytest.mark.parametrize("how", ["suspended", "role", "session", "password", "factor"])
def test_whatever_let_a_screen_in_is_asked_for_at_every_poll(client, met_officer, incident, how) -> None:
    desk = met_officer.sign_in(client)
    tag = poll(desk)["ETag"]
    assert poll(desk, tag).status_code == 304
    ends = {
        "suspended": lambda: User.objects.filter(pk=met_officer.user.pk).update(is_active=False),
        "role": lambda: Membership.objects.update(ended_at=timezone.now() + timedelta(seconds=1)),
        "session": lambda: Session.objects.all().delete(),
        "password": lambda: User.objects.update(password="another"),
        "factor": lambda: Authenticator.objects.all().delete(),
    }
    ends[how]()
    assert poll(desk, tag).status_code in {401, 403}


def test_a_screen_whose_time_is_over_ends(client, met_officer, incident) -> None:
    with time_machine.travel(timezone.now()) as clock:
        desk = met_officer.sign_in(client)
        tag = poll(desk)["ETag"]
        clock.shift(timedelta(hours=1))
        assert poll(desk, tag).status_code == 401


def test_the_desk_needs_no_redis(client, met_officer, incident) -> None:
    home = os.environ["REDIS_URL"]
    desk = met_officer.sign_in(client)
    isolation.use_redis("redis://127.0.0.1:1/0")
    try:
        tag = poll(desk)["ETag"]
        making.report(met_officer.actor, given_names="Sam", family_name="Hill")
        assert "Sam Hill" in poll(desk, tag).content.decode()
    finally:
        isolation.use_redis(home)


def test_acknowledging_takes_it_from_new_for_everybody(
    client, met_officer, second_met_officer, incident
) -> None:
    desk, other = met_officer.sign_in(client), second_met_officer.sign_in(Client())
    tag = poll(other)["ETag"]
    answer = desk.post("/desk/acknowledge/", {"incident": incident.reference}, follow=True)
    assert "is acknowledged" in answer.content.decode()
    told = poll(other, tag)
    assert told.status_code == 200
    assert "Nothing waits to be acknowledged." in told.content.decode()
    late = other.post("/desk/acknowledge/", {"incident": incident.reference}, follow=True)
    assert "Somebody has acknowledged this incident already." in late.content.decode()


def test_a_review_an_offer_and_a_late_call_are_on_the_desk(
    client, met_officer, met_supervisor, kent, kent_supervisor, incident
) -> None:
    ReviewClock.objects.filter(incident=incident).update(due_at=timezone.now() - timedelta(minutes=5))
    Notice.objects.update(supervisor_told_at=timezone.now())
    cases.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        reason="In Dover.",
    )
    page = text(met_supervisor.sign_in(client))
    assert "Overdue by 5 minutes" in page
    assert "Supervisor told" in page
    assert f"From {met_officer.organisation.name}" in text(kent_supervisor.sign_in(Client()))


def test_the_navigation_leads_there_and_the_table_to_the_forces_administrator(
    client, met_officer, met_administrator, administrator
) -> None:
    assert 'href="/desk/"' in text(met_officer.sign_in(client), "/")
    page = met_administrator.sign_in(Client())
    sent = {"version": 1, "escalate_minutes": 10, "again_minutes": 20, "supervisor_phone": "07700 900123"}
    assert page.post("/desk/times/", sent).status_code == 302
    assert DeskRule.objects.get().supervisor_phone == "+447700900123"
    wrong = page.post("/desk/times/", sent | {"supervisor_phone": "no", "version": 2})
    assert wrong.status_code == 422
    assert "This is not a phone number." in wrong.content.decode()
    assert administrator.sign_in(Client()).get("/desk/times/").status_code == 403
