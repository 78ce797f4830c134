"""Of its own records an organisation learns who read them; of another's reading of its own, nothing."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from foundation.exceptions import NotVisible
from missingcases import selectors as cases
from missingcases import services
from missingcases.breakglass import services as breakglass
from missingcases.disclosure import selectors
from missingcases.models import Incident, Release
from tests.cast import Member, member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(met_officer: Member) -> Incident:
    return world.reported(met_officer.actor)


@pytest.fixture
def release(incident, met_officer, caseworker) -> Release:
    made = world.released(incident, met_officer.actor, caseworker.organisation.pk)
    services.read_release(actor=caseworker.actor, release_id=made.pk)
    return made


@pytest.fixture
def met_dpo(met) -> Member:
    return member("dpo@met.example", "Dee Protection", met, "auditor")


def read_by(asker: Member, reference: str) -> list[tuple[int | None, str]]:
    subject = selectors.subject_named(asker.actor, reference)
    return [(row.user_id, row.action) for row in selectors.readings(asker.actor, subject)]


def test_the_own_peoples_readings_and_the_receivers_of_a_release(
    incident, release, met_officer, caseworker, met_dpo
) -> None:
    cases.incident_for(met_officer.actor, incident.reference)
    found = read_by(met_dpo, incident.reference)
    assert (met_officer.user.pk, "incident.opened") in found
    assert (caseworker.user.pk, "release.read") in found
    assert not any(action in {"incident.reported", "release.approved"} for _, action in found)


def test_what_the_charity_reads_of_its_own_the_force_is_not_told(
    incident, release, caseworker, duty_manager, auditor, met_dpo
) -> None:
    note = services.add_note(
        actor=caseworker.actor, incident_id=incident.pk, text="in confidence", audience="charity"
    )
    opening = breakglass.open_records(
        actor=duty_manager.actor, reference=incident.reference, reason="Tonight.", minutes=60
    )
    breakglass.note_readings(
        actor=duty_manager.actor, target=type(note), target_ids=[note.pk], incident_id=incident.pk
    )
    assert all(
        action == "release.read"
        for user, action in read_by(met_dpo, incident.reference)
        if user in {caseworker.user.pk, duty_manager.user.pk}
    )
    mine = read_by(auditor, incident.reference)
    assert (duty_manager.user.pk, "breakglass.read") in mine
    subject = selectors.subject_named(auditor.actor, incident.reference)
    assert list(selectors.openings_of(auditor.actor, subject)) == [opening]
    theirs = selectors.subject_named(met_dpo.actor, incident.reference)
    assert not selectors.openings_of(met_dpo.actor, theirs).exists()


def test_a_list_that_held_it_counts_and_one_that_did_not_does_not(incident, met_officer, met_dpo) -> None:
    from foundation.audit import services as audit

    for ids in ([incident.pk, incident.pk + 1], [incident.pk + 1]):
        audit.record(actor=met_officer.actor, action="incident.listed", target=Incident, target_ids=ids)
    listed = [one for one in read_by(met_dpo, incident.reference) if one[1] == "incident.listed"]
    assert len(listed) == 1


def test_a_persons_page_gathers_all_their_incidents(incident, met_officer, met_dpo) -> None:
    cases.incident_for(met_officer.actor, incident.reference)
    subject = selectors.subject_named(met_dpo.actor, incident.person.reference)
    assert subject.incident_ids == (incident.pk,)
    assert (met_officer.user.pk, "incident.opened") in read_by(met_dpo, incident.person.reference)


def test_strangers_and_lower_ranks_are_told_nothing(
    incident, kent, kent_officer, auditor, met_inspector
) -> None:
    stranger = member("dpo@kent.example", "Kay", kent, "auditor")
    for asker in (stranger, auditor):
        for reference in (incident.reference, incident.person.reference, "MI-00000000"):
            with pytest.raises(NotVisible):
                selectors.subject_named(asker.actor, reference)
    assert selectors.subject_named(met_inspector.actor, incident.reference)


def test_a_manager_asks_about_no_restricted_record_that_is_closed_to_them(
    incident, met_supervisor, met_inspector, met_dpo
) -> None:
    services.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="A witness.")
    with pytest.raises(NotVisible):
        selectors.subject_named(met_inspector.actor, incident.reference)
    assert selectors.subject_named(met_dpo.actor, incident.reference)


def test_the_pages(client, incident, release, met_officer, met_dpo, caseworker) -> None:
    cases.incident_for(met_officer.actor, incident.reference)
    met_dpo.sign_in(client)
    assert client.post("/disclosures/", {"reference": "MI-00000000"}).status_code == 422
    page = client.post(
        "/disclosures/", {"reference": incident.reference.lower()}, follow=True
    ).content.decode()
    for words in (release.reference, caseworker.organisation.name, met_officer.user.full_name, "Opened"):
        assert words in page
    assert incident.person.family_name not in page
    caseworker.sign_in(client)
    assert client.get("/disclosures/").status_code == 403


def test_the_log_tells_what_was_shared_and_holds_no_formula(
    client, incident, met_officer, caseworker, met_dpo
) -> None:
    made = services.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=caseworker.organisation.pk,
        kind="service_request",
        fields={"wearing": "A red coat"},
        purpose="=cmd()",
        lawful_basis="vital_interests",
        reason="+1",
    )
    met_dpo.sign_in(client)
    today = timezone.localdate()
    given = {
        f"{name}_{n}": part
        for name in ("since", "until")
        for n, part in (("day", today.day), ("month", today.month), ("year", today.year))
    }
    answer = client.post("/disclosures/log/", given)
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    (row,) = [one for one in rows if one["Reference"] == made.reference]
    assert (row["Purpose"], row["Why"]) == ("'=cmd()", "'+1")
    assert row["Shared with"] == caseworker.organisation.name
    assert "red coat" not in str(rows)
    assert client.get("/disclosures/log/").status_code == 200
    assert client.post("/disclosures/log/", {}).status_code == 422
    met_officer.sign_in(client)
    assert client.get("/disclosures/log/").status_code == 403
