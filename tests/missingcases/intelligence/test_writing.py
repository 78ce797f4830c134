"""Writing a report: what a draft may lack, what it may not, and who may write it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.intelligence import selectors
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.models import Line, Report
from tests.missingcases.intelligence import making
from tests.missingcases.intelligence.making import line

pytestmark = pytest.mark.django_db


def test_a_draft_needs_no_more_than_what_was_told(caseworker) -> None:
    report = making.drafted(caseworker.actor, intelligence.LineDetails("They said so."))
    assert (report.status, report.force_id, report.incident_id) == ("draft", None, None)
    assert report.source.code.startswith("S-")
    assert report.review_on == timezone.localdate(report.obtained_at) + timedelta(days=365)
    assert AuditEvent.objects.filter(action="intelligence.drafted", target_id=report.pk).exists()


def test_its_texts_are_kept_encrypted(caseworker) -> None:
    making.drafted(caseworker.actor, instructions="Okapi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT original, sanitised FROM intelligence_line")
        (stored,) = cursor.fetchall()
        cursor.execute("SELECT instructions FROM intelligence_report")
        stored += cursor.fetchone()
    assert not any("white van" in text or "Okapi" in text for text in stored)
    assert Line.objects.get().sanitised == making.READ


def test_with_an_incident_the_force_is_its_own(caseworker, told_of_incident, met) -> None:
    report = making.drafted(caseworker.actor, incident_reference=told_of_incident.reference)
    assert (report.force_id, report.incident_id) == (met.pk, told_of_incident.pk)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"topic": "okapi"}, "topic"),
        ({"urgency": "okapi"}, "urgency"),
        ({"incident_reference": "MI-00000000"}, "incident"),
        ({"mentions": ("MI-00000000",)}, "mentions"),
        ({"source_code": "S-0000"}, "source_code"),
        ({"force_id": 0}, "force"),
        ({"instructions": "x" * 4001}, "instructions"),
        ({"obtained_at": timezone.now() + timedelta(days=1)}, "obtained_at"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_field(given, field: str, caseworker) -> None:
    with pytest.raises(Invalid) as refused:
        making.drafted(caseworker.actor, **given)
    assert list(refused.value.problems) == [field]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"original": " "},
        {"sanitised": "x" * 4001},
        {"handling": "C"},
        {"handling": "X"},
        {"source_grade": 4},
        {"intelligence_grade": "F"},
    ],
)
def test_a_wrong_line_is_refused_by_its_number(wrong, caseworker) -> None:
    with pytest.raises(Invalid) as refused:
        making.drafted(caseworker.actor, line(), line(**wrong))
    assert refused.value.problems["lines"].startswith("Line 2: ")


def test_no_line_and_too_many_are_refused(caseworker) -> None:
    for lines in ([], [line()] * 21):
        with pytest.raises(Invalid):
            intelligence.draft(actor=caseworker.actor, lines=lines)


def test_an_incident_nobody_released_to_the_charity_cannot_be_named(caseworker, incident) -> None:
    with pytest.raises(Invalid) as unknown:
        making.drafted(caseworker.actor, incident_reference="MI-00000000")
    with pytest.raises(Invalid) as hidden:
        making.drafted(caseworker.actor, incident_reference=incident.reference)
    assert unknown.value.problems == hidden.value.problems


def test_two_reports_of_one_source_carry_one_code_and_others_do_not(caseworker, duty_manager) -> None:
    first, again, other = (
        making.drafted(caseworker.actor, source_key=key) for key in ("okapi:1", "okapi:1", "okapi:2")
    )
    by_code = making.drafted(duty_manager.actor, source_code=first.source.code.lower())
    assert first.source == again.source == by_code.source != other.source
    assert "okapi" not in first.source.digest


def test_police_write_none_and_others_see_only_their_own(met_officer, caseworker, family_worker) -> None:
    with pytest.raises(Refused):
        making.drafted(met_officer.actor)
    making.drafted(caseworker.actor)
    own = making.drafted(family_worker.actor)
    assert [row.pk for row in selectors.written_by(family_worker.actor)] == [own.pk]
    assert selectors.written_by(caseworker.actor).count() == 2


def test_an_edit_writes_every_line_anew_and_knows_its_version(caseworker) -> None:
    report = making.drafted(caseworker.actor, line(), line(sanitised="A lorry."))
    wanted = {"reference": report.reference, "details": intelligence.ReportDetails(urgency="immediate")}
    edited = intelligence.edit_report(
        actor=caseworker.actor, lines=[line(sanitised="A bus.")], version=report.version, **wanted
    )
    assert [one.sanitised for one in edited.lines.all()] == ["A bus."]
    assert (edited.urgency, edited.source) == ("immediate", report.source)
    assert list(selectors.with_words(selectors.written_by(caseworker.actor), "bus")) == [edited]
    assert not selectors.with_words(selectors.written_by(caseworker.actor), "lorry").exists()
    with pytest.raises(Conflict):
        intelligence.edit_report(actor=caseworker.actor, lines=[line()], version=report.version, **wanted)


def test_an_incident_stays_though_its_writer_sees_it_no_more(caseworker, duty_manager, incident) -> None:
    """A service that showed the record names the incident itself."""
    report = making.drafted(caseworker.actor, incident_id=incident.pk)
    kept = intelligence.ReportDetails(incident_reference=incident.reference)
    edited = intelligence.edit_report(
        actor=caseworker.actor, reference=report.reference, lines=[line()], details=kept
    )
    assert edited.incident_id == incident.pk


@pytest.mark.parametrize(
    "lacking", [{"sanitised": ""}, {"source_grade": None}, {"intelligence_grade": ""}, {"handling": ""}]
)
def test_it_waits_for_approval_only_when_every_line_is_graded(lacking, caseworker, met) -> None:
    report = making.drafted(caseworker.actor, line(), line(**lacking), force_id=met.pk)
    with pytest.raises(Refused) as refused:
        intelligence.submit_report(actor=caseworker.actor, reference=report.reference)
    assert refused.value.refusal.code == "not_graded"


def test_it_waits_for_approval_only_when_it_names_a_force(caseworker, met) -> None:
    with pytest.raises(Refused) as refused:
        making.waiting(caseworker.actor)
    assert refused.value.refusal.code == "no_force"
    assert making.waiting(caseworker.actor, force_id=met.pk).status == "waiting"


def test_nobody_changes_it_once_it_waits(caseworker, met) -> None:
    report = making.waiting(caseworker.actor, force_id=met.pk)
    with pytest.raises(Refused):
        intelligence.edit_report(
            actor=caseworker.actor,
            reference=report.reference,
            lines=[line()],
            details=intelligence.ReportDetails(),
        )
    with pytest.raises(NotVisible):
        intelligence.submit_report(actor=caseworker.actor, reference="IR-00000000")
