"""Writing, approving, reading and answering a report by its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.models import Report
from tests.missingcases.intelligence import making

pytestmark = pytest.mark.django_db

TOLD = {
    "obtained_at_day": "1",
    "obtained_at_month": "3",
    "obtained_at_year": "2026",
    "obtained_at_time": "21:40",
}
LINE = {
    "line_1_original": making.TOLD,
    "line_1_sanitised": making.READ,
    "line_1_source_grade": "2",
    "line_1_intelligence_grade": "C",
    "line_1_handling": "P",
}
WRITTEN = {"count": "1", "topic": "cse", "urgency": "routine", **TOLD, **LINE}


def page(client: Client, name: str, *args: str, data: dict[str, Any] | None = None) -> Any:
    address = reverse(f"intelligence:{name}", args=args)
    return client.get(address) if data is None else client.post(address, data, follow=True)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_report_goes_through_the_pages_of_both_sides(
    agreed, caseworker, duty_manager, met, met_coordinator
) -> None:
    desk, manager = caseworker.sign_in(Client()), duty_manager.sign_in(Client())
    force = met_coordinator.sign_in(Client())
    page(desk, "write", data={**WRITTEN, "force": met.pk, "ask_for_approval": ""})
    report = Report.objects.get()
    assert (report.status, report.obtained_at.isoformat()) == ("waiting", "2026-03-01T21:40:00+00:00")
    assert page(force, "report", report.reference).status_code == 404

    shown = words(page(manager, "approve", report.reference))
    assert making.TOLD in shown
    assert making.READ in shown
    page(
        manager,
        "approve",
        report.reference,
        data={"version": report.version, "lawful_basis": "vital_interests"},
    )
    report.refresh_from_db()
    assert (report.status, report.release.lawful_basis) == ("sent", "vital_interests")

    received = words(page(force, "report", report.reference))
    assert making.READ in received
    assert not any(secret in received for secret in ("Sasha", "Aldi", "Told to staff", "Lindqvist"))
    page(force, "acknowledge", report.reference, data={})
    refused = page(force, "outcome", report.reference, data={"words": "Two arrests."})
    assert (refused.status_code, "Two arrests." in words(refused)) == (422, True)
    page(force, "outcome", report.reference, data={"outcome": "useful", "words": "Two arrests."})
    assert "Two arrests." in words(page(desk, "report", report.reference))


def test_a_concern_goes_for_approval_in_one_go(caseworker, met) -> None:
    desk = caseworker.sign_in(Client())
    given = {
        **TOLD,
        "urgency": "immediate",
        "told": making.TOLD,
        "what": "Girls are picked up after school.",
        "who": "A man called Dex",
        "where": "Rye Lane",
        "when": "Fridays",
        "known": "A",
        "trusted": "2",
        "handling": "C",
        "force": met.pk,
    }
    refused = page(desk, "concern", data=given)
    assert refused.status_code == 422
    assert making.TOLD in refused.content.decode()
    assert not Report.objects.exists()
    page(desk, "concern", data=given | {"conditions": "Not to the family."})
    report = Report.objects.get()
    (line,) = report.lines.all()
    assert (report.topic, report.status) == ("cse", "waiting")
    assert line.sanitised == (
        "Girls are picked up after school.\nWho: A man called Dex\nWhere: Rye Lane\nWhen: Fridays"
    )
    assert (line.source_grade, line.intelligence_grade, line.conditions) == (2, "A", "Not to the family.")


def test_a_concern_needs_a_force_or_an_incident(caseworker) -> None:
    given = {**TOLD, "urgency": "routine", "told": "x", "what": "y", "known": "D", "trusted": "2"}
    answer = page(caseworker.sign_in(Client()), "concern", data=given | {"handling": "P"})
    assert "Choose the force, or name the incident" in answer.content.decode()


def test_a_wrong_line_loses_nothing_that_was_typed(caseworker) -> None:
    desk = caseworker.sign_in(Client())
    wrong = {
        **WRITTEN,
        "count": "2",
        "line_2_sanitised": "A second thing.",
        "line_2_handling": "C",
        "instructions": "Ring us.",
    }
    answer = page(desk, "write", data=wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert all(text in shown for text in (making.READ, "A second thing.", "Ring us.", "#id_line_2_original"))
    assert not Report.objects.exists()
    lacking = page(desk, "write", data=WRITTEN | {"line_1_handling": "", "ask_for_approval": ""})
    assert "Every line needs its sanitised text" in lacking.content.decode()
    assert not Report.objects.exists()
    empty = page(desk, "write", data={"count": "okapi", "topic": "cse", "urgency": "routine", **TOLD})
    assert "Write what was told" in empty.content.decode()


def test_lines_are_added_one_by_one_and_an_emptied_one_is_taken_out(caseworker) -> None:
    desk = caseworker.sign_in(Client())
    answer = page(desk, "write", data=WRITTEN | {"add_line": ""})
    assert 'name="line_2_original"' in answer.content.decode()
    report = Report.objects.get()
    both = {
        **WRITTEN,
        "version": report.version,
        "count": "3",
        "line_1_original": "",
        "line_1_sanitised": "",
        "line_1_source_grade": "",
        "line_1_intelligence_grade": "",
        "line_1_handling": "",
        "line_2_original": "A second thing.",
    }
    page(desk, "edit", report.reference, data=both)
    assert [line.original for line in report.lines.all()] == ["A second thing."]
    late = page(desk, "edit", report.reference, data=WRITTEN | {"version": report.version})
    assert (late.status_code, making.READ in late.content.decode()) == (422, True)
    assert "Somebody else" in late.content.decode()


def test_it_can_be_raised_from_a_record_that_was_shown_and_by_nobody_else(
    caseworker, second_caseworker, told_of_incident
) -> None:
    link = intelligence.raising_of(
        caseworker.actor,
        origin=Origin.CONVERSATION,
        label="textsafe.Conversation",
        record_id=7,
        incident_id=told_of_incident.pk,
    )
    desk = caseworker.sign_in(Client())
    shown = desk.get(link.url)
    form = shown.context["form"]
    assert form.initial["incident"] == told_of_incident.reference
    carried = form.initial["raised"]
    page(desk, "write", data=WRITTEN | {"raised": carried})
    report = Report.objects.get()
    assert (report.origin, report.origin_label, report.origin_id) == (
        "conversation",
        "textsafe.Conversation",
        7,
    )
    other = second_caseworker.sign_in(Client())
    assert "raised" not in other.get(link.url).context["form"].initial
    answer = page(other, "write", data=WRITTEN | {"raised": carried})
    assert answer.status_code == 422
    assert Report.objects.count() == 1


def test_police_and_readers_of_their_own_are_offered_no_link(met_officer, family_worker) -> None:
    given = {"origin": Origin.SIGHTING, "label": "appeals.Sighting", "record_id": 1}
    assert intelligence.raising_of(met_officer.actor, **given).refusal is not None
    assert intelligence.raising_of(family_worker.actor, **given).refusal is None


def test_a_leak_is_shown_and_has_to_be_looked_at(agreed, caseworker, duty_manager, met) -> None:
    line = making.line(original="Ring me on 07700 900555.", sanitised="Somebody on 07700 900555.")
    report = making.waiting(caseworker.actor, line, force_id=met.pk)
    manager = duty_manager.sign_in(Client())
    given = {"version": report.version, "lawful_basis": "safeguarding"}
    assert "a telephone number" in words(page(manager, "approve", report.reference))
    refused = page(manager, "approve", report.reference, data=given)
    assert "repeats something of its source" in words(refused)
    page(manager, "approve", report.reference, data=given | {"looked_at_leaks": "on"})
    report.refresh_from_db()
    assert report.status == "sent"


def test_outside_an_agreement_it_waits_on_the_page_that_sends_it(caseworker, duty_manager, met) -> None:
    report = making.waiting(caseworker.actor, force_id=met.pk)
    manager = duty_manager.sign_in(Client())
    given = {"version": report.version, "lawful_basis": "safeguarding"}
    answer = page(manager, "approve", report.reference, data=given)
    assert "Approved, and not sent yet: No sharing agreement" in words(answer)
    basis = {"lawful_basis": "safeguarding"}
    refused = page(manager, "send", report.reference, data=basis)
    assert refused.status_code == 422
    page(manager, "send", report.reference, data=basis | {"override_reason": "They are at risk tonight."})
    report.refresh_from_db()
    assert report.status == "sent"


def test_returned_and_withdrawn_by_their_pages(caseworker, duty_manager, met) -> None:
    report = making.waiting(caseworker.actor, force_id=met.pk)
    manager, desk = duty_manager.sign_in(Client()), caseworker.sign_in(Client())
    assert page(manager, "return", report.reference, data={"reason": ""}).status_code == 422
    page(manager, "return", report.reference, data={"reason": "Leave the shop out."})
    assert "Leave the shop out." in words(page(desk, "edit", report.reference))
    page(desk, "submit", report.reference, data={})
    page(desk, "withdraw", report.reference, data={"reason": "Mistaken."})
    report.refresh_from_db()
    assert report.status == "withdrawn"
    assert "can be changed only while" in words(page(desk, "edit", report.reference))
    assert "cannot be done" in words(page(desk, "submit", report.reference, data={}))
    assert "It does not wait for approval" in words(page(manager, "approve", report.reference))


def test_words_are_posted_and_found_within_ones_own(sent, caseworker, met_officer, kent_officer) -> None:
    for who, finds in ((caseworker, True), (met_officer, True), (kent_officer, False)):
        answer = page(who.sign_in(Client()), "list", data={"words": "white van"})
        assert (sent.reference in words(answer)) is finds
    assert "No report has all of these words" in words(answer)


def test_lists_show_each_side_its_own(sent, caseworker, met_officer, kent_officer) -> None:
    assert sent.reference in words(page(caseworker.sign_in(Client()), "list"))
    assert sent.reference in words(page(met_officer.sign_in(Client()), "list"))
    nothing = words(page(kent_officer.sign_in(Client()), "list"))
    assert "No report has come" in nothing
    assert sent.reference not in nothing
    listed = AuditEvent.objects.filter(action="intelligence.listed")
    assert [row.target_ids for row in listed.order_by("pk")] == [[sent.pk], [sent.pk], []]


def test_on_paper_stands_what_police_read(sent, caseworker, met_officer) -> None:
    for who in (caseworker, met_officer):
        paper = words(page(who.sign_in(Client()), "print", sent.reference))
        assert making.READ in paper
        assert "Sasha" not in paper
    assert AuditEvent.objects.filter(action="intelligence.printed").count() == 2
    begun = making.drafted(caseworker.actor, intelligence.LineDetails("They said so."))
    assert "Nothing to print yet" in words(page(caseworker.sign_in(Client()), "print", begun.reference))


@pytest.mark.parametrize("name", ["report", "print"])
def test_others_find_no_page(
    name: str, sent, kent_officer, authority_worker, auditor, publicity_officer
) -> None:
    for other in (kent_officer, authority_worker):
        assert page(other.sign_in(Client()), name, sent.reference).status_code == 404
    for other in (auditor, publicity_officer):
        assert page(other.sign_in(Client()), name, sent.reference).status_code == 403
