"""The pages of releases and sharing agreements, as each side opens them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from missingcases.agreements.models import Agreement
from missingcases.models import Release
from tests.missingcases import releasing
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
TEXT = "A flat near the station."


@pytest.fixture
def extract(rhi_interviewer, met) -> Release:
    return releasing.released(rhi_interviewer.actor, met.pk)


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_the_receiver_finds_reads_and_acknowledges_it_and_the_writer_sees_who(
    extract, met_officer, kent_officer, duty_manager, client_of
) -> None:
    officer, manager = client_of(met_officer), client_of(duty_manager)
    listed = page(officer, "releases:received")
    assert "Not read yet" in listed
    assert extract.reference in listed
    assert extract.reference in page(officer, "work")
    assert extract.reference not in page(officer, "releases:received", q="nothing like it")
    assert TEXT in page(officer, "releases:release", extract.reference)
    assert "Not read yet" not in page(officer, "releases:received", q=extract.reference)
    done = officer.post(reverse("releases:acknowledge", args=[extract.reference]))
    assert done.status_code == 302
    assert extract.reference not in page(officer, "work")
    ours = page(manager, "releases:release", extract.reference)
    assert met_officer.user.full_name in ours
    assert "acknowledged" in ours
    assert extract.reference in page(manager, "releases:sent")
    assert extract.reference not in page(client_of(kent_officer), "releases:received")
    for name in ("release", "revoke"):
        answer = client_of(kent_officer).get(reverse(f"releases:{name}", args=[extract.reference]))
        assert answer.status_code == 404


def test_the_receiver_is_shown_neither_source_nor_wishes_nor_why(
    rhi_interviewer, met, met_officer, client_of
) -> None:
    row = releasing.released(
        rhi_interviewer.actor, met.pk, wishes="Okapi wish", reason="Okapi reason", terms=releasing.OUTSIDE
    )
    shown = page(client_of(met_officer), "releases:release", row.reference)
    for kept in ("Okapi", releasing.OUTSIDE.override_reason, "rhi.Interview", rhi_interviewer.user.full_name):
        assert kept not in shown


def test_no_page_of_a_decision_shows_the_receiver_why_it_was_released(
    rhi_interviewer, lambeth, authority_worker, met_officer, met_supervisor, charity, duty_manager, client_of
) -> None:
    words = {"wishes": "Okapi wish", "reason": "Okapi reason", "terms": releasing.OUTSIDE}
    told = releasing.released(rhi_interviewer.actor, lambeth.pk, **words)
    shown = page(client_of(authority_worker), "releases:decide", told.reference)
    assert TEXT in shown
    incident = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    asked = world.released(incident, met_officer.actor, charity.pk)
    Release.objects.filter(pk=asked.pk).update(
        wishes="Okapi wish", reason="Okapi reason", decision_reason="Okapi decision"
    )
    manager = client_of(duty_manager)
    shown += page(manager, "releases:decide", asked.reference)
    shown += page(manager, "missingcases:release_decide", incident.reference, asked.reference)
    assert "Okapi" not in shown
    assert releasing.OUTSIDE.override_reason not in shown


def test_taken_back_on_its_page_it_is_gone_for_the_receiver(
    extract, met_officer, duty_manager, client_of
) -> None:
    manager = client_of(duty_manager)
    address = reverse("releases:revoke", args=[extract.reference])
    assert manager.post(address, {"reason": ""}).status_code == 422
    assert manager.post(address, {"reason": "It was about another child."}).status_code == 302
    gone = client_of(met_officer).get(reverse("releases:release", args=[extract.reference]))
    assert gone.status_code == 404
    assert "Nothing is released to you" in page(client_of(met_officer), "releases:received")


def test_breaking_confidence_waits_on_a_page_for_a_manager(
    missing, met_officer, charity, caseworker, duty_manager, lambeth, authority_worker, client_of
) -> None:
    world.released(missing, met_officer.actor, charity.pk)
    worker, manager = client_of(caseworker), client_of(duty_manager)
    address = reverse("missingcases:release_new", args=[missing.reference])
    given = {
        "copy_text": "Somebody at the home hurts children.",
        "to_organisation": lambeth.pk,
        "purpose": "To protect the children there.",
        "lawful_basis": "safeguarding",
        "ground": "child_abuse",
        "reason": "She told us.",
    }
    refused = worker.post(address, given | {"ground": "", "copy_text": ""})
    assert refused.status_code == 422
    assert "She told us." in refused.content.decode()
    assert worker.post(address, given).status_code == 302
    row = Release.objects.get(kind="confidence_broken")
    assert row.reference in page(worker, "releases:sent")
    assert missing.reference in page(manager, "work")
    decide = reverse("releases:decide", args=[row.reference])
    assert client_of(authority_worker).get(decide).status_code == 404
    assert manager.post(decide, {"decision": "approve", "reason": "Others are there."}).status_code == 302
    read = page(client_of(authority_worker), "releases:release", row.reference)
    assert "hurts children" in read
    assert missing.reference not in read


def test_police_release_copies_of_their_record_until_a_day(
    missing, met_officer, charity, kent, kent_officer, client_of
) -> None:
    officer = client_of(met_officer)
    address = reverse("missingcases:release_new", args=[missing.reference])
    shown = officer.get(address).content.decode()
    assert missing.person.full_name in shown
    day = date.today() + timedelta(days=3)
    given = {
        "copy_person": "",
        "copy_last_seen": "Brixton",
        "copy_text": "",
        "to_organisation": kent.pk,
        "purpose": "She may be with you.",
        "lawful_basis": "public_task",
        "reason": "Seen near Dover.",
        "last_day_day": day.day,
        "last_day_month": day.month,
        "last_day_year": day.year,
    }
    outside = officer.post(address, given)
    assert outside.status_code == 422
    assert "No sharing agreement covers this" in outside.content.decode()
    done = officer.post(address, given | {"override_reason": "Forces help each other."})
    assert done.status_code == 302, done.content.decode()
    row = Release.objects.get(kind="other")
    assert row.field_names == ["last_seen"]
    assert row.expires_at is not None
    assert row.expires_at > timezone.now() + timedelta(days=2)
    read = page(client_of(kent_officer), "releases:release", row.reference)
    assert "Brixton" in read
    assert missing.person.full_name not in read


def test_the_data_protection_officer_reads_why_it_was_outside_and_not_what_it_said(
    extract, auditor, caseworker, client_of
) -> None:
    shown = page(client_of(auditor), "releases:outside")
    assert extract.reference in shown
    assert releasing.OUTSIDE.override_reason in shown
    assert TEXT not in shown
    assert client_of(auditor).get(reverse("releases:release", args=[extract.reference])).status_code == 403
    assert client_of(caseworker).get(reverse("releases:outside")).status_code == 403


AGREED = {
    "version": 1,
    "direction": "we",
    "flow": "interview_extract",
    "purpose": "To find who harms children.",
    "field_names": "Where and with whom\nLine",
    "lawful_bases": ["public_task", "safeguarding"],
    "retention": "Six years",
    "contact": "The data protection desks",
    "grace_days": 28,
}


def on(day: date) -> dict[str, int]:
    return {"review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year}


def test_an_agreement_is_written_signed_by_both_reviewed_and_ended_on_its_pages(
    duty_manager, met_inspector, met, kent_officer, auditor, client_of
) -> None:
    manager, inspector = client_of(duty_manager), client_of(met_inspector)
    soon = date.today() + timedelta(days=20)
    refused = manager.post(reverse("agreements:draft"), AGREED | {"other": met.pk} | on(date.today()))
    assert refused.status_code == 422
    assert "Six years" in refused.content.decode()
    made = manager.post(reverse("agreements:draft"), AGREED | {"other": met.pk} | on(soon))
    assert made.status_code == 302, made.content.decode()
    row = Agreement.objects.get()
    assert row.field_names == ["line", "where_and_with_whom"]
    changed = AGREED | on(soon) | {"retention": "Five years"}
    assert manager.post(reverse("agreements:edit", args=[row.reference]), changed).status_code == 302
    stale = manager.post(
        reverse("agreements:edit", args=[row.reference]), changed | {"retention": "One year"}
    )
    assert stale.status_code == 422
    assert "Somebody else saved this" in stale.content.decode()
    sign = reverse("agreements:sign", args=[row.reference])
    assert "Five years" in manager.get(sign).content.decode()
    for client in (manager, inspector):
        assert client.post(sign, {"version": 2, "agreed": "on"}).status_code == 302
    shown = page(inspector, "agreements:agreement", row.reference)
    assert "In force" in shown
    assert "Review due" in shown
    assert "Review due" in page(inspector, "agreements:list")
    assert row.reference in page(inspector, "work")
    version = Agreement.objects.get().version
    findings = {"version": version, "findings": "Still needed."} | on(date.today() + timedelta(days=200))
    review = reverse("agreements:review", args=[row.reference])
    assert inspector.post(review, findings).status_code == 302
    assert "Still needed." in page(client_of(auditor), "agreements:agreement", row.reference)
    assert client_of(auditor).get(sign).status_code == 403
    end = reverse("agreements:end", args=[row.reference])
    assert inspector.post(end, {"reason": "The service ended."}).status_code == 302
    assert "Ended" in page(manager, "agreements:list")
    assert client_of(kent_officer).get(reverse("agreements:list")).status_code == 403
