"""Approval by another, the leak check, sending through a release, and taking back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from foundation.access import Refused
from foundation.contributions import Identity
from foundation.events.services import sweep
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases.enums import ReleaseStatus
from missingcases.intelligence import selectors
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.models import Report
from missingcases.services import restrict_to
from tests.missingcases import making as cases
from tests.missingcases.intelligence import making
from tests.missingcases.intelligence.making import line

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(caseworker, met, told_of_incident) -> Report:
    return making.waiting(caseworker.actor, incident_reference=told_of_incident.reference)


def test_whoever_wrote_it_does_not_approve_it(duty_manager, met, caseworker) -> None:
    own = making.waiting(duty_manager.actor, force_id=met.pk)
    for person, code in ((duty_manager, "own_work"), (caseworker, "role")):
        with pytest.raises(Refused) as refused:
            intelligence.approve_report(actor=person.actor, reference=own.reference)
        assert refused.value.refusal.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=own.pk).update(approved_by=duty_manager.user)


def test_a_text_that_repeats_its_source_is_approved_only_by_somebody_who_looked(
    caseworker, duty_manager, met
) -> None:
    told = line(original="Ring me on 07700 900555.", sanitised="Somebody on 07700 900555 says so.")
    report = making.waiting(caseworker.actor, told, force_id=met.pk)
    with pytest.raises(Refused) as refused:
        intelligence.approve_report(actor=duty_manager.actor, reference=report.reference)
    assert refused.value.refusal.code == "leaks"
    done = intelligence.approve_report(
        actor=duty_manager.actor, reference=report.reference, looked_at_leaks=True, version=report.version
    )
    assert (done.status, done.approved_by) == ("approved", duty_manager.user)


def test_the_check_asks_the_services_who_stands_behind_the_record(
    caseworker, met, duty_manager, monkeypatch
) -> None:
    from config import contributions

    def known(label: str, record_id: int) -> Identity | None:
        return Identity(names=("Sasha Okapi",)) if (label, record_id) == ("families.Member", 7) else None

    monkeypatch.setattr(contributions, "IDENTITIES", (known,))
    report = making.waiting(
        caseworker.actor,
        line(original="They said so.", sanitised="Sasha says so."),
        force_id=met.pk,
        origin_label="families.Member",
        origin_id=7,
    )
    assert [(leak.kind, leak.words) for leak in selectors.leaks_of(report)] == [("name", "sasha")]


def test_it_is_returned_with_what_is_to_be_mended(waiting, duty_manager, caseworker) -> None:
    with pytest.raises(Refused):
        intelligence.return_report(actor=duty_manager.actor, reference=waiting.reference, reason=" ")
    back = intelligence.return_report(
        actor=duty_manager.actor, reference=waiting.reference, reason="Leave the shop out."
    )
    assert (back.status, back.returned_reason) == ("returned", "Leave the shop out.")
    assert list(selectors.to_write(caseworker.actor)) == [back]
    again = intelligence.submit_report(actor=caseworker.actor, reference=back.reference)
    assert (again.status, again.returned_reason) == ("waiting", "")


def test_an_approver_who_read_an_older_version_is_told(waiting, duty_manager) -> None:
    with pytest.raises(Conflict):
        intelligence.approve_report(
            actor=duty_manager.actor, reference=waiting.reference, version=waiting.version - 1
        )


def test_sent_it_is_a_release_of_the_sanitised_lines_and_nothing_else(sent, met, told_of_incident) -> None:
    release = sent.release
    assert (release.to_organisation, release.incident) == (met, told_of_incident)
    fields = json.loads(release.content)
    assert fields == {
        "reference": sent.reference,
        "about": "Child sexual exploitation",
        "urgency": "Routine",
        "when_told": fields["when_told"],
        "source_code": sent.source.code,
        "incidents": told_of_incident.reference,
        "handling_instructions": "Ring us before you visit.",
        "line_1": making.READ,
        "grading_1": "2 C P",
        "line_2": "The driver is called Dex.",
        "grading_2": "2 C C",
        "conditions_2": "Not to the family.",
    }
    assert (release.agreement_id is not None, release.overridden) == (True, False)


@pytest.mark.parametrize(("urgency", "within"), [("immediate", 1), ("routine", 24)])
def test_the_clock_runs_by_its_urgency(urgency, within, agreed, caseworker, duty_manager, met) -> None:
    report = making.sent(caseworker.actor, duty_manager.actor, force_id=met.pk, urgency=urgency)
    assert report.acknowledge_by - report.sent_at == timedelta(hours=within)
    assert report.release.incident_id is None


def test_without_an_agreement_it_stays_approved_until_somebody_says_why(
    caseworker, duty_manager, met
) -> None:
    report = making.approved(caseworker.actor, duty_manager.actor, force_id=met.pk)
    with pytest.raises(Invalid) as refused:
        intelligence.send_report(actor=duty_manager.actor, reference=report.reference)
    assert "override_reason" in refused.value.problems
    report.refresh_from_db()
    assert report.status == "approved"
    sent = intelligence.send_report(
        actor=duty_manager.actor, reference=report.reference, override_reason="Girls are at risk tonight."
    )
    assert sent.release.overridden


def test_another_force_is_shown_nothing_of_an_incident_that_is_not_its_own(
    caseworker, duty_manager, kent, kent_supervisor, kent_officer, told_of_incident
) -> None:
    making.agreement(caseworker, kent_supervisor)
    report = making.sent(
        caseworker.actor,
        duty_manager.actor,
        incident_reference=told_of_incident.reference,
        force_id=kent.pk,
    )
    _, told = intelligence.read_received(actor=kent_officer.actor, reference=report.reference)
    assert told.incidents == ()
    assert report.release.incident_id is None


def test_incidents_of_others_whose_person_it_is_about_are_told_to_their_own_force_alone(
    agreed, caseworker, duty_manager, met, met_officer, kent_officer, charity, told_of_incident
) -> None:
    from tests.missingcases_pages import world

    others = [cases.report(who.actor) for who in (met_officer, kent_officer)]
    for one, who in zip(others, (met_officer, kent_officer), strict=True):
        world.released(one, who.actor, charity.pk)
    report = making.sent(
        caseworker.actor,
        duty_manager.actor,
        incident_reference=told_of_incident.reference,
        mentions=tuple(one.reference for one in others),
    )
    assert report.mentions.count() == 2
    assert intelligence.told_of(report).incidents == (told_of_incident.reference, others[0].reference)


def test_the_force_is_written_to_without_a_word_of_it(sent, met_coordinator, met_supervisor) -> None:
    while sweep():
        pass
    written = Message.objects.filter(owner_label="intelligence.Report", owner_id=sent.pk)
    assert [row.dedupe_key for row in written] == [f"intelligence:{sent.pk}:sent:{met_coordinator.user.pk}"]
    assert all("Dex" not in row.body and "MI-" not in row.body for row in written)
    assert mail.outbox == []


def test_withdrawn_nobody_there_reads_it_and_the_trail_stays(
    sent, duty_manager, caseworker, met_officer
) -> None:
    with pytest.raises(Refused):
        intelligence.withdraw_report(actor=caseworker.actor, reference=sent.reference, reason="Mistaken.")
    gone = intelligence.withdraw_report(
        actor=duty_manager.actor, reference=sent.reference, reason="Mistaken."
    )
    assert (gone.status, gone.release.status) == ("withdrawn", ReleaseStatus.REVOKED)
    assert not selectors.received_by(met_officer.actor).exists()
    with pytest.raises(NotVisible):
        intelligence.read_received(actor=met_officer.actor, reference=sent.reference)
    assert intelligence.open_report(actor=caseworker.actor, reference=sent.reference) == gone


def test_its_writer_withdraws_what_was_never_approved(waiting, caseworker) -> None:
    gone = intelligence.withdraw_report(actor=caseworker.actor, reference=waiting.reference, reason="Wrong.")
    assert (gone.status, gone.release_id) == ("withdrawn", None)


def test_of_a_restricted_incident_only_those_are_written_to_who_see_it(
    sent, met_inspector, met_coordinator, told_of_incident
) -> None:
    restrict_to(
        actor=met_inspector.actor, incident_id=told_of_incident.pk, reason="A colleague.", user_ids=[]
    )
    sent.refresh_from_db()
    assert selectors.people_to_call(sent) == [met_inspector.user]


def test_without_an_incident_whoever_there_is_in_the_force_is_written_to(
    agreed, caseworker, duty_manager, met, met_officer, met_supervisor
) -> None:
    report = making.sent(caseworker.actor, duty_manager.actor, force_id=met.pk)
    assert selectors.people_to_call(report) == [met_supervisor.user]
