"""The pages: one child from the board to the answer, a visit, and what nobody else is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.audit.models import AuditEvent
from foundation.clock import in_london
from rhi.models import AuthorityPolicy, InterviewerProfile, Referral, Visit
from rhi.views.verbs import VERBS
from tests.cast import Member, member
from tests.missingcases import making
from tests.rhi.conftest import allocated, answered, came_home, referred, tried

pytestmark = pytest.mark.django_db
MARKER = "Zanzibar"


@pytest.fixture
def referral(arranged, met_officer, lambeth) -> Referral:
    found = referred(met_officer, lambeth, hours=5, given_names=MARKER)
    Referral.objects.filter(pk=found.pk).update(carer=f"{MARKER} senior", worker_safety=f"{MARKER} dog")
    return found


def page(who: Member, name: str, *args: str, **query: str) -> Any:
    return who.sign_in(Client()).get(reverse(f"rhi:{name}", args=args), query)


def send(who: Member, name: str, *args: str, **data: Any) -> Any:
    return who.sign_in(Client()).post(reverse(f"rhi:{name}", args=args), data)


def moment(name: str, at: Any) -> dict[str, str]:
    """A time as the form's boxes take it."""
    wall = in_london(at)
    parts = {"day": wall.day, "month": wall.month, "year": wall.year, "time": f"{wall:%H:%M}"}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def test_the_board_names_the_child_to_who_may_read_and_to_nobody_else(
    referral, duty_manager, authority_worker, rhi_interviewer, caseworker, met_officer, other_authority_worker
) -> None:
    assert MARKER in page(duty_manager, "board").content.decode()
    told = page(authority_worker, "board").content.decode()
    assert referral.reference in told
    assert MARKER not in told
    for other in (rhi_interviewer, other_authority_worker):
        assert referral.reference not in page(other, "board").content.decode()
    for other in (caseworker, met_officer):
        assert page(other, "board").status_code == 403
    entry = AuditEvent.objects.filter(action="rhi.board_read").earliest("pk")
    assert entry.target_ids == [referral.pk]


@pytest.mark.parametrize("show", ["open", "late", "unallocated", "no_authority", "unexplained", "ended", "x"])
def test_every_view_of_the_board_opens_full_and_empty(referral, duty_manager, second_manager, show) -> None:
    assert page(duty_manager, "board", show=show, authority="lambeth").status_code == 200
    Referral.objects.all().delete()
    assert page(second_manager, "board", show=show).status_code == 200


@pytest.fixture
def second_manager(charity) -> Member:
    return member("second.manager@harbour.test", "Second Manager", charity, Role.CHARITY_MANAGER)


def test_what_is_late_and_unexplained_is_found_by_its_view(
    arranged, met_officer, lambeth, duty_manager
) -> None:
    late = referred(met_officer, lambeth, hours=80)
    fresh = referred(met_officer, lambeth, hours=1)
    for show in ("late", "unexplained"):
        told = page(duty_manager, "board", show=show).content.decode()
        assert late.reference in told
        assert fresh.reference not in told
    assert (
        send(duty_manager, "late", late.reference, which="interview", reason="no_interviewer").status_code
        == 302
    )
    assert late.reference not in page(duty_manager, "board", show="unexplained").content.decode()


def test_an_authority_reads_how_it_stands_and_no_word_of_the_content(
    referral, authority_worker, other_authority_worker, duty_manager, rhi_interviewer
) -> None:
    allocated(referral, duty_manager, rhi_interviewer)
    tried(referral, rhi_interviewer, note=f"{MARKER} note")
    answered(referral, rhi_interviewer, "declined", decline_reason="told_not_to")
    told = page(authority_worker, "referral", referral.reference).content.decode()
    assert "Interview within 72 hours" in told
    for hidden in (MARKER, "Was told not to talk", "note"):
        assert hidden not in told
    assert page(other_authority_worker, "referral", referral.reference).status_code == 404
    for name in VERBS:
        assert page(authority_worker, name, referral.reference).status_code == 404


def test_an_interviewer_reads_what_they_were_given_and_the_reading_is_kept(
    referral, duty_manager, rhi_interviewer
) -> None:
    assert page(rhi_interviewer, "referral", referral.reference).status_code == 404
    allocated(referral, duty_manager, rhi_interviewer)
    told = page(rhi_interviewer, "referral", referral.reference).content.decode()
    assert f"{MARKER} senior" in told
    assert AuditEvent.objects.filter(action="rhi.opened", target_id=referral.pk).exists()
    assert AuditEvent.objects.filter(action="release.read", target_id=referral.release_id).exists()


def test_a_child_is_given_tried_offered_and_answered_by_the_pages(
    referral, duty_manager, rhi_interviewer
) -> None:
    one = referral.reference
    assert rhi_interviewer.user.full_name in page(duty_manager, "allocate", one).content.decode()
    given = {"interviewer": str(rhi_interviewer.user.pk), "version": str(referral.version)}
    assert send(duty_manager, "allocate", one, **given).status_code == 302
    stale = send(duty_manager, "allocate", one, **given)
    assert "A colleague changed this meanwhile" in stale.content.decode()
    now = timezone.now() - timedelta(minutes=1)
    attempt = {"channel": "call", "whom": "child", "outcome": "talked", "form_token": str(uuid4())}
    assert send(rhi_interviewer, "attempt", one, **attempt, **moment("at", now)).status_code == 302
    refused = send(rhi_interviewer, "answer", one, answer="accepted", **moment("answered_at", now))
    assert "explain what stays between you" in refused.content.decode()
    done = send(
        rhi_interviewer, "answer", one, answer="accepted", limits_explained="on", **moment("answered_at", now)
    )
    assert done.status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.attempts.count()) == ("accepted", 1)
    assert "Begin the interview" in page(rhi_interviewer, "referral", one).content.decode()


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_page_of_a_referral_opens_or_says_why_not(
    referral, duty_manager, rhi_interviewer, name
) -> None:
    assert page(duty_manager, name, referral.reference).status_code == 200
    allocated(referral, duty_manager, rhi_interviewer)
    assert page(rhi_interviewer, name, referral.reference).status_code == 200
    assert send(rhi_interviewer, name, referral.reference).status_code == 200


def test_a_visit_is_planned_begun_and_ended_by_the_pages(referral, duty_manager, rhi_interviewer) -> None:
    allocated(referral, duty_manager, rhi_interviewer)
    now = timezone.now()
    data = {"place": "Here", "with_whom": "Her", "form_token": str(uuid4()), "markers": ["dog"]}
    times = {
        **moment("starts_at", now + timedelta(minutes=5)),
        **moment("ends_at", now + timedelta(minutes=50)),
    }
    assert send(rhi_interviewer, "plan_visit", referral.reference, **data, **times).status_code == 302
    visit = Visit.objects.get()
    assert visit.reference in page(rhi_interviewer, "visits").content.decode()
    assert visit.reference in page(duty_manager, "visits").content.decode()
    assert "A dog" in page(duty_manager, "visit", visit.reference).content.decode()
    assert page(duty_manager, "cancel_visit", visit.reference).status_code == 200
    for name in ("check_in", "check_out"):
        assert send(rhi_interviewer, name, visit.reference).status_code == 302
    visit.refresh_from_db()
    assert visit.status == "ended"
    again = rhi_interviewer.sign_in(Client()).post(
        reverse("rhi:check_out", args=[visit.reference]), follow=True
    )
    assert "cannot be done while it is ended" in again.content.decode()


def test_a_visit_that_called_is_settled_by_its_page(
    referral, duty_manager, rhi_interviewer, authority_worker
) -> None:
    from rhi.services import calling
    from tests.rhi.test_visits import later, plan

    allocated(referral, duty_manager, rhi_interviewer)
    visit = plan(referral, rhi_interviewer)
    calling.call_for(visit.pk, now=later(30))
    assert "Not heard of" in page(duty_manager, "visits").content.decode()
    assert page(duty_manager, "resolve_visit", visit.reference).status_code == 200
    assert send(duty_manager, "resolve_visit", visit.reference, words="Flat phone.").status_code == 302
    for name in ("visit", "resolve_visit"):
        assert page(authority_worker, name, visit.reference).status_code == 404


def test_a_visit_is_called_off_by_its_page(referral, duty_manager, rhi_interviewer) -> None:
    from tests.rhi.test_visits import plan

    allocated(referral, duty_manager, rhi_interviewer)
    visit = plan(referral, rhi_interviewer)
    assert send(rhi_interviewer, "cancel_visit", visit.reference, reason="Friday").status_code == 302


def test_a_concern_is_settled_by_its_page(referral, duty_manager, rhi_interviewer) -> None:
    allocated(referral, duty_manager, rhi_interviewer)
    assert page(duty_manager, "settle", referral.reference).status_code == 404
    answered(referral, rhi_interviewer, "declined", decline_reason="coercion_suspected")
    told = page(duty_manager, "referral", referral.reference).content.decode()
    assert "Somebody may be forcing the child" in told
    assert page(duty_manager, "settle", referral.reference).status_code == 200
    assert send(duty_manager, "settle", referral.reference, words="Rang the home.").status_code == 302
    assert "Rang the home." in page(duty_manager, "referral", referral.reference).content.decode()


def test_a_conflict_shows_both_sides(referral, duty_manager) -> None:
    data = {"carer": "Aunt", "gender_preference": "none", "version": str(referral.version)}
    assert send(duty_manager, "details", referral.reference, **data).status_code == 302
    told = send(duty_manager, "details", referral.reference, **data | {"carer": "Uncle"}).content.decode()
    assert "Aunt" in told
    assert "Uncle" in told


def test_interviewers_and_their_times_are_kept_by_the_pages(
    duty_manager, rhi_interviewer, lambeth, authority_worker
) -> None:
    assert rhi_interviewer.user.full_name in page(duty_manager, "interviewers").content.decode()
    saved = send(
        duty_manager, "interviewers", duty_phone="07700 900222", call_after_minutes="20", version="1"
    )
    assert saved.status_code == 302
    one = rhi_interviewer.user.reference
    assert page(duty_manager, "interviewer", one).status_code == 200
    data = {"capacity": "3", "languages": "Polish\nWelsh", "worked_for": [str(lambeth.pk)], "version": "0"}
    assert send(duty_manager, "interviewer", one, **data).status_code == 302
    assert InterviewerProfile.objects.get().languages == ["Polish", "Welsh"]
    assert "Polish" in page(duty_manager, "interviewer", one).content.decode()
    stale = send(duty_manager, "interviewer", one, **data)
    assert "Somebody else saved this" in stale.content.decode()
    assert page(authority_worker, "interviewer", one).status_code == 404
    assert page(rhi_interviewer, "interviewers").status_code == 403


def test_an_authority_keeps_its_arrangement_by_its_page(authority_worker, charity, duty_manager) -> None:
    assert page(authority_worker, "arrangement").status_code == 200
    data = {"is_on": "yes", "provider": str(charity.pk), "offered_to": "every_child", "reason": "Agreed."}
    assert send(authority_worker, "arrangement", **data, version="1").status_code == 302
    assert AuthorityPolicy.objects.get().is_on
    again = send(authority_worker, "arrangement", **data, version="1")
    assert "Somebody else saved this" in again.content.decode()
    assert page(duty_manager, "arrangement").status_code == 403


def test_a_coordinator_refers_and_passes_on_by_the_pages(
    met_officer, met_coordinator, kent_officer, lambeth
) -> None:
    incident = came_home(met_officer, host_authority_id=lambeth.pk)
    assert page(met_coordinator, "refer", incident.reference).status_code == 200
    assert page(met_coordinator, "pass_on", incident.reference).status_code == 404
    assert (
        send(met_coordinator, "refer", incident.reference, gender_preference="none", carer="Gran").status_code
        == 302
    )
    assert "has been referred already" in page(met_coordinator, "refer", incident.reference).content.decode()
    assert page(met_coordinator, "pass_on", incident.reference).status_code == 200
    assert send(met_coordinator, "pass_on", incident.reference).status_code == 302
    assert page(met_officer, "refer", incident.reference).status_code == 403
    assert page(kent_officer, "refer", incident.reference).status_code == 403


def test_a_return_nobody_recorded_is_asked_for(
    met_officer, met_coordinator, authority_worker, lambeth
) -> None:
    incident = making.report(met_officer.actor, date_of_birth=making.child_born())
    making.located(met_officer.actor, incident, located_at=timezone.now() - timedelta(hours=1))
    assert "When were they back?" in page(met_coordinator, "refer", incident.reference).content.decode()
    assert page(authority_worker, "refer", incident.reference).status_code == 404
    data = {"gender_preference": "none", "authority": str(lambeth.pk)}
    sent = send(met_coordinator, "refer", incident.reference, **data, **moment("returned_at", timezone.now()))
    assert sent.status_code == 302
    assert Referral.objects.get().authority == lambeth


def test_the_board_asks_as_often_for_thirty_as_for_one(arranged, met_officer, lambeth, duty_manager) -> None:
    client = duty_manager.sign_in(Client())

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            shown = client.get(reverse("rhi:board")).content.decode()
        told = [one for one in Referral.objects.values_list("reference", flat=True) if one in shown]
        assert len(told) == Referral.objects.count()
        return len(caught)

    referred(met_officer, lambeth)
    asked()  # what is asked once a process is asked here
    few = asked()
    for _ in range(29):
        referred(met_officer, lambeth)
    assert Referral.objects.count() == 30
    assert asked() == few
