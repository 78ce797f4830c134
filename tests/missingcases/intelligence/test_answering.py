"""What the force sees of a report, and what it does with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases.intelligence import contributions, selectors
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.models import Report
from missingcases.services import acknowledge_release, restrict_to, revoke_release
from tests.missingcases.intelligence import making

pytestmark = pytest.mark.django_db


def test_the_force_reads_lines_gradings_and_the_code_of_the_source(sent, met_officer) -> None:
    report, told = intelligence.read_received(actor=met_officer.actor, reference=sent.reference)
    assert [line.grading for line in told.lines] == ["2 C P", "2 C C"]
    assert told.lines[1].conditions == "Not to the family."
    assert told.lines[0].meaning == (
        "2: untested",
        "C: known indirectly to the source",
        "P: lawful sharing permitted",
    )
    assert (told.source, told.instructions) == (report.source.code, "Ring us before you visit.")
    assert AuditEvent.objects.filter(action="intelligence.read", target_id=report.pk).exists()


def test_nobody_else_sees_it_at_all(sent, kent_officer, authority_worker, auditor, met_officer) -> None:
    for other in (kent_officer, authority_worker, auditor):
        assert not selectors.reports_visible_to(other.actor).exists()
        with pytest.raises(NotVisible):
            intelligence.acknowledge_report(actor=other.actor, reference=sent.reference)
    with pytest.raises(NotVisible):
        intelligence.open_report(actor=met_officer.actor, reference=sent.reference)


@pytest.mark.parametrize("step", ["drafted", "waiting", "approved"])
def test_the_force_knows_nothing_of_one_that_is_not_sent(
    step, caseworker, duty_manager, met, met_officer
) -> None:
    people = (caseworker.actor, duty_manager.actor) if step == "approved" else (caseworker.actor,)
    report = getattr(making, step)(*people, force_id=met.pk)
    assert not selectors.received_by(met_officer.actor).exists()
    with pytest.raises(NotVisible):
        selectors.report_for(met_officer.actor, report.reference)


def test_one_about_a_restricted_incident_goes_to_those_who_are_named(
    sent, told_of_incident, met_officer, met_inspector, second_met_officer
) -> None:
    restrict_to(
        actor=met_inspector.actor,
        incident_id=told_of_incident.pk,
        reason="A colleague.",
        user_ids=[met_officer.user.pk],
    )
    assert not selectors.received_by(second_met_officer.actor).exists()
    assert list(selectors.received_by(met_officer.actor)) == [sent]


def test_it_is_acknowledged_once_and_its_release_with_it(sent, met_officer, second_met_officer) -> None:
    done = intelligence.acknowledge_report(actor=met_officer.actor, reference=sent.reference)
    assert (done.status, done.acknowledged_by, done.call_at) == ("acknowledged", met_officer.user, None)
    done.release.refresh_from_db()
    assert done.release.acknowledged_by == met_officer.user
    with pytest.raises(Refused) as refused:
        intelligence.acknowledge_report(actor=second_met_officer.actor, reference=sent.reference)
    assert refused.value.refusal.code == "illegal_move"


def test_what_came_of_it_goes_back_and_is_counted(sent, met_officer, caseworker) -> None:
    with pytest.raises(Refused):
        intelligence.give_outcome(actor=met_officer.actor, reference=sent.reference, outcome="useful")
    intelligence.acknowledge_report(actor=met_officer.actor, reference=sent.reference)
    with pytest.raises(Invalid):
        intelligence.give_outcome(actor=met_officer.actor, reference=sent.reference, outcome="okapi")
    intelligence.give_outcome(
        actor=met_officer.actor, reference=sent.reference, outcome="led_to_action", words="Two arrests."
    )
    seen = intelligence.open_report(actor=caseworker.actor, reference=sent.reference)
    assert (seen.get_outcome_display(), seen.outcome_words) == ("Led to action", "Two arrests.")
    today = timezone.localdate()
    assert selectors.figures(first=today, last=today) == {
        "sent": 1,
        "acknowledged": 1,
        "in_time": 1,
        "outcome_led_to_action": 1,
        "topic_cse": 1,
    }
    assert selectors.figures(first=today, last=today, organisation_id=0) == {
        "sent": 0,
        "acknowledged": 0,
        "in_time": 0,
    }


def test_words_are_found_by_each_side_in_what_it_may_see(
    sent, caseworker, duty_manager, met, met_officer, kent_officer
) -> None:
    making.drafted(caseworker.actor, making.line(sanitised="A white van in Kent."), force_id=met.pk)

    def found(actor, words: str) -> int:
        return len(intelligence.searched(actor, selectors.reports_visible_to(actor), words))

    assert [found(who.actor, "white vans") for who in (caseworker, met_officer, kent_officer)] == [2, 1, 0]
    assert found(met_officer.actor, "driver called dex") == 1
    # The words it was told in are in no index.
    assert found(caseworker.actor, "Sasha") == found(met_officer.actor, "Sasha") == 0
    assert AuditEvent.objects.filter(action="intelligence.searched", target_ids=[sent.pk]).exists()


def test_late_it_calls_once_and_stands_on_the_desks_of_both(
    sent, met_officer, met_supervisor, duty_manager, caseworker
) -> None:
    assert contributions.intelligence_desk(duty_manager.actor, 5).lines == ()
    (line,) = contributions.intelligence_desk(met_officer.actor, 5).lines
    assert (line.subject, line.incident_id) == (sent.reference, sent.incident_id)
    assert contributions.intelligence_desk(caseworker.actor, 5) is None
    past = timezone.now() - timedelta(minutes=1)
    Report.objects.update(acknowledge_by=past, call_at=past)
    assert (intelligence.call_due(), intelligence.call_due()) == (1, 0)
    to = set(Message.objects.filter(owner_label="intelligence.Report").values_list("dedupe_key", flat=True))
    late = {f"intelligence:{sent.pk}:late:{who.user.pk}" for who in (met_supervisor, duty_manager)}
    assert late <= to
    (line,) = contributions.intelligence_desk(duty_manager.actor, 5).lines
    assert line.words == f"Ask the force about intelligence {sent.reference}"
    assert intelligence.still_waits(sent.pk) is None
    intelligence.acknowledge_report(actor=met_officer.actor, reference=sent.reference)
    assert intelligence.still_waits(sent.pk).code == "taken_up"
    assert contributions.intelligence_desk(met_officer.actor, 5).lines == ()
    assert contributions.intelligence_desk(duty_manager.actor, 5).lines == ()


def test_work_shows_each_what_waits_for_them(
    sent, caseworker, duty_manager, met, met_officer, kent_officer
) -> None:
    making.waiting(caseworker.actor, force_id=met.pk)
    own = making.drafted(caseworker.actor)
    assert [item.words for item in contributions.written_work(caseworker.actor).items] == [
        f"Finish report {own.reference}"
    ]
    assert contributions.written_work(duty_manager.actor).items[0].words.startswith("Approve or return")
    assert contributions.received_work(met_officer.actor).items[0].due_at == sent.acknowledge_by
    assert contributions.received_work(kent_officer.actor) is None
    assert contributions.received_work(caseworker.actor) is None
    assert contributions.written_work(met_officer.actor) is None


def test_a_record_knows_what_was_raised_from_it(sent) -> None:
    assert list(selectors.of_origin("textsafe.Conversation", 4711)) == [sent]
    assert not selectors.of_origin("textsafe.Conversation", 1).exists()


def test_it_follows_its_release_whichever_page_acknowledged_or_took_that_back(
    sent, met_officer, duty_manager, kent_officer
) -> None:
    acknowledge_release(actor=met_officer.actor, release_id=sent.release_id)
    sent.refresh_from_db()
    assert (sent.status, sent.acknowledged_by, sent.call_at) == ("acknowledged", met_officer.user, None)
    revoke_release(actor=duty_manager.actor, release_id=sent.release_id, reason="Mistaken.")
    sent.refresh_from_db()
    assert sent.status == "withdrawn"
    assert intelligence.follow_acknowledged(0) is intelligence.follow_revoked(0) is None


def test_an_incident_shows_each_side_its_reports(
    sent, told_of_incident, caseworker, met_officer, publicity_officer, met, kent_officer
) -> None:
    making.drafted(caseworker.actor, force_id=met.pk, mentions=(told_of_incident.reference,))
    ours = contributions.service_card(caseworker.actor, told_of_incident.pk)
    assert (len(ours.lines), [link.label for link in ours.actions]) == (2, ["Raise intelligence"])
    theirs = contributions.service_card(met_officer.actor, told_of_incident.pk)
    assert ([line.words for line in theirs.lines], theirs.actions) == ([f"Report {sent.reference}"], ())
    for other in (publicity_officer, kent_officer):
        assert contributions.service_card(other.actor, told_of_incident.pk) is None
