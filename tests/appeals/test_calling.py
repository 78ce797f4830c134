"""A sighting that waits: the charity is told, then its managers; the force, then its supervisor."""

from __future__ import annotations

import pytest

from appeals.enums import SightingStatus, SubmissionKind
from appeals.services import call_due, calling
from appeals.services import sightings as services
from foundation.audit.models import AuditEvent
from foundation.events import services as events
from foundation.messaging.models import Message
from foundation.messaging.switchboard import guard_of
from missingcases import services as cases
from missingcases.desk import services as desk_services
from missingcases.desk.models import DeskRule
from missingcases.models import Incident, TimelineEntry
from tests.appeals.seeing import after, at_high_risk, at_routine_risk, mailed, sent
from tests.missingcases.making import located

S = SightingStatus
TEXTED, INSPECTOR = "+447700900123", "+447700900124"


@pytest.fixture
def times(met_administrator) -> None:
    values = {
        "escalate_minutes": 15,
        "again_minutes": 15,
        "supervisor_phone": TEXTED,
        "inspector_phone": "",
    }
    desk_services.save_times(actor=met_administrator.actor, version=1, values=values)


@pytest.mark.django_db
def test_a_pressing_one_calls_the_desk_at_once_and_its_managers_five_minutes_later(
    desk, live, caseworker, publicity_officer, duty_manager, kent_officer
) -> None:
    at_high_risk(live.incident)
    seen = sent(live)
    assert call_due() == 1
    assert set(mailed()) == {caseworker.user.email, publicity_officer.user.email}
    assert call_due() == 0
    with after(minutes=4):
        assert call_due() == 0
    with after(minutes=6):
        assert call_due() == 1
        assert mailed()[2:] == [duty_manager.user.email]
    with after(hours=9):
        assert call_due() == 0
    trail = AuditEvent.objects.filter(action="appeals.sighting_called", target_id=str(seen.pk))
    assert trail.count() == 2


@pytest.mark.django_db
def test_an_ordinary_one_calls_when_nobody_touched_it(desk, live, duty_manager) -> None:
    at_routine_risk(live.incident)
    sent(live)
    assert call_due() == 0
    with after(minutes=16):
        assert call_due() == 1
        assert duty_manager.user.email not in mailed()
    with after(minutes=61):
        assert call_due() == 1
        assert mailed()[-1] == duty_manager.user.email


@pytest.mark.django_db
def test_it_is_quiet_once_somebody_took_it(desk, live) -> None:
    at_high_risk(live.incident)
    seen = sent(live)
    assert call_due() == 1
    services.triage(actor=desk.publicity, reference=seen.reference, triage="malicious", words="A joke.")
    assert set(Message.objects.values_list("status", flat=True)) == {"cancelled"}
    with after(days=2):
        assert call_due() == 0
    services.look_again(actor=desk.publicity, reference=seen.reference, reason="A second one says so.")
    assert call_due() == 1
    seen.refresh_from_db()
    assert (seen.status, seen.called) == (S.RECEIVED, 1)


@pytest.mark.django_db
def test_what_was_judged_and_not_passed_calls_before_its_fifteen_minutes_are_over(
    desk, live, duty_manager
) -> None:
    at_routine_risk(live.incident)
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    with after(minutes=9):
        assert call_due() == 0
    with after(minutes=11):
        assert call_due() == 1
        assert "Pass it on" in Message.objects.latest("pk").body
    with after(minutes=15.5):
        assert call_due() == 1
        assert mailed()[-1] == duty_manager.user.email


@pytest.mark.django_db
def test_whoever_judged_it_late_has_two_minutes_to_pass_it(desk, live) -> None:
    at_routine_risk(live.incident)
    seen = sent(live)
    with after(minutes=14):
        services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
        assert call_due() == 0
        with after(minutes=2.1):
            assert call_due() == 1


@pytest.mark.django_db
def test_the_force_hears_of_it_at_once_and_its_supervisor_when_it_says_nothing(
    desk, live, times, met_coordinator, met_supervisor, met_officer, kent_officer, kent_supervisor
) -> None:
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    assert mailed() == [met_coordinator.user.email, TEXTED]
    events.sweep()
    assert call_due() == 0
    with after(minutes=14):
        assert call_due() == 0
    with after(minutes=16):
        assert call_due() == 1
        assert mailed()[2:] == [met_supervisor.user.email]
        assert TimelineEntry.objects.filter(kind="appeals.sighting_escalated").count() == 1
    with after(days=1):
        assert call_due() == 0
    assert not {kent_officer.user.email, kent_supervisor.user.email} & set(mailed())


@pytest.mark.django_db
def test_the_second_text_goes_to_the_inspectors_telephone_and_says_no_more_than_the_reference(
    desk, live, times
) -> None:
    DeskRule.objects.update(inspector_phone=INSPECTOR)
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    with after(minutes=16):
        call_due()
    texts = Message.objects.filter(channel="sms").order_by("pk")
    assert [one.to for one in texts] == [TEXTED, INSPECTOR]
    assert {one.body for one in texts} == {
        f"Harbour: sighting {seen.reference}, immediate danger, is not acknowledged. Sign in."
    }


@pytest.mark.django_db
def test_acknowledging_ends_it(desk, live, met_supervisor) -> None:
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    waiting = Message.objects.filter(service=calling.SERVICE, status="queued")
    assert waiting.exists()
    services.acknowledge_sighting(actor=desk.officer, reference=seen.reference)
    assert not waiting.exists()
    with after(hours=1):
        assert call_due() == 0


@pytest.mark.django_db
def test_of_a_restricted_incident_only_those_who_see_it_hear_and_nobody_is_texted(
    desk, live, times, met_supervisor, second_met_officer
) -> None:
    Incident.objects.filter(pk=live.incident_id).update(is_restricted=True)
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    assert TEXTED not in mailed()


@pytest.mark.django_db
def test_a_telephone_that_cannot_be_texted_does_not_keep_the_e_mail(
    desk, live, times, met_coordinator
) -> None:
    DeskRule.objects.update(supervisor_phone="no number")
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    assert mailed() == [met_coordinator.user.email]


@pytest.mark.django_db
def test_nothing_that_is_sent_says_who_or_what(desk, live, times) -> None:
    at_high_risk(live.incident)
    seen = sent(live)
    call_due()
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    letters = Message.objects.filter(service=calling.SERVICE)
    assert letters.count() > 2
    for letter in letters:
        written = f"{letter.subject} {letter.body}"
        assert seen.reference in written
        for secret in ("Robin", "Moor", "Camden", "library", "Alex", "green.example", live.token):
            assert secret not in written
            assert secret not in letter.dedupe_key


@pytest.mark.django_db
def test_somebody_found_is_called_for_no_more_but_a_word_of_their_own_is(desk, live) -> None:
    at_high_risk(live.incident)
    seen, own = sent(live), sent(live, kind=SubmissionKind.NOT_TRUE)
    assert call_due() == 2
    located(desk.officer, live.incident)
    guard = guard_of(calling.GUARD_OF_CHARITY)
    assert guard(seen.pk).code == "taken_up"
    assert guard(own.pk) is None
    assert guard_of(calling.GUARD_OF_FORCE)(own.pk).code == "taken_up"
    with after(minutes=6):
        assert call_due() == 1
    seen.refresh_from_db()
    assert seen.call_at is None


@pytest.mark.django_db
def test_a_word_of_their_own_calls_until_it_is_reviewed_and_never_the_force(desk, live, met_officer) -> None:
    at_routine_risk(live.incident)
    own = sent(live, kind=SubmissionKind.IT_IS_ME)
    assert call_due() == 1
    services.triage(actor=desk.publicity, reference=own.reference, triage="routine", words="")
    with after(hours=5):
        assert call_due() == 1
        assert "said what came of it" in Message.objects.latest("pk").body
        services.record_sighting_outcome(actor=desk.publicity, reference=own.reference, outcome="verified")
    with after(days=2):
        assert call_due() == 0
    assert met_officer.user.email not in mailed()


@pytest.mark.django_db
def test_a_new_owner_is_called_and_the_old_one_not_any_more(
    desk, live, met_coordinator, met_supervisor, kent_supervisor
) -> None:
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    events.sweep()
    assert mailed() == [met_coordinator.user.email]
    offer = cases.offer_transfer(
        actor=desk.supervisor,
        incident_id=live.incident_id,
        to_organisation_id=kent_supervisor.organisation.pk,
        reason="Moved.",
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)
    assert Message.objects.get(service=calling.SERVICE).status == "cancelled"
    assert call_due() == 1
    assert mailed()[-1] == kent_supervisor.user.email
