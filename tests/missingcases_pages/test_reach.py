"""Who reaches which page of an incident, and what the other force sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from missingcases import services
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db

READ = ("overview", "record", "risk", "services", "timeline", "files", "actions", "people", "releases")
OFFICER = (
    "person", "facts", "reporter", "phone_add", "flag_add", "note_add", "attachment_add", "photo_add",
    "action_add", "locate", "located", "returned", "interview", "outcome", "authorities",
)  # fmt: skip
SUPERVISOR = (
    "grade",
    "cancel",
    "close",
    "reopen",
    "lost_again",
    "restrict",
    "lift",
    "person_name",
    "transfer_offer",
)
RELEASED = ("overview", "services", "timeline", "files", "releases", "note_add", "attachment_add")
SECTIONS = (
    "identity",
    "description",
    "circumstances",
    "means",
    "health",
    "care",
    "education",
    "network",
    "identification",
)


def at(name: str, incident, *args) -> str:
    return reverse(f"missingcases:{name}", args=[incident.reference, *args])


def statuses(client, incident, *names: str) -> dict[str, int]:
    """What each page answers; asked for of one incident, as making it takes longer than a page."""
    return {name: client.get(at(name, incident)).status_code for name in names}


def test_the_owner_force_reaches_every_page(missing, met_officer, client_of) -> None:
    answers = statuses(client_of(met_officer), missing, *READ, *OFFICER)
    assert answers == dict.fromkeys((*READ, *OFFICER), 200)


def test_a_supervisor_reaches_what_an_officer_does_not(
    missing, met_officer, met_supervisor, client_of
) -> None:
    assert statuses(client_of(met_officer), missing, *SUPERVISOR) == dict.fromkeys(SUPERVISOR, 403)
    assert statuses(client_of(met_supervisor), missing, *SUPERVISOR) == dict.fromkeys(SUPERVISOR, 200)


def test_every_section_opens(missing, met_officer, client_of) -> None:
    client = client_of(met_officer)
    answers = {code: client.get(at("section", missing, code)).status_code for code in SECTIONS}
    assert answers == dict.fromkeys(SECTIONS, 200)


def test_the_other_force_finds_nothing(missing, kent_officer, client_of) -> None:
    answers = statuses(client_of(kent_officer), missing, *READ, *OFFICER)
    assert answers == dict.fromkeys((*READ, *OFFICER), 404)


def test_the_other_forces_supervisor_finds_nothing(missing, kent_supervisor, client_of) -> None:
    client = client_of(kent_supervisor)
    assert statuses(client, missing, *SUPERVISOR) == dict.fromkeys(SUPERVISOR, 404)
    for name in SUPERVISOR:
        assert client.post(at(name, missing), {"reason": "x"}).status_code == 404, name


def test_the_charity_sees_only_what_was_released(shared, caseworker, client_of) -> None:
    client = client_of(caseworker)
    for name in READ:
        answer = client.get(at(name, shared))
        if name not in RELEASED:
            assert answer.status_code in {403, 404}, name
            continue
        assert answer.status_code == 200, name
        page = answer.content.decode()
        for secret in ("Alex", "Example", "Brixton", "school", "High risk", "07700 900124"):
            assert secret not in page, (name, secret)


def test_the_charity_reads_the_released_number(shared, caseworker, client_of) -> None:
    assert world.NUMBER in client_of(caseworker).get(at("overview", shared)).content.decode()


def test_without_a_release_the_charity_finds_nothing(missing, caseworker, client_of) -> None:
    answers = statuses(client_of(caseworker), missing, *READ)
    assert {name: status for name, status in answers.items() if status not in {403, 404}} == {}


def test_auditors_administrators_and_the_suspended_see_no_content(
    missing, auditor, met_administrator, suspended_user, client_of, client
) -> None:
    every = (*READ, *OFFICER, *SUPERVISOR)
    for person in (auditor, met_administrator):
        assert statuses(client_of(person), missing, *every) == dict.fromkeys(every, 403)
    for name in every:  # signed in anew for each: the first page may sign them out
        assert client_of(suspended_user).get(at(name, missing)).status_code in {302, 403}, name
    assert statuses(client, missing, *every) == dict.fromkeys(every, 302)


def test_a_restricted_incident_is_for_named_people(
    missing, met_supervisor, met_officer, second_met_officer, client_of
) -> None:
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=missing.pk,
        user_ids=[second_met_officer.user.pk],
        reason="A colleague's child.",
    )
    assert client_of(met_officer).get(at("overview", missing)).status_code == 404
    assert client_of(second_met_officer).get(at("overview", missing)).status_code == 200
    listed = client_of(met_officer).get(reverse("missingcases:incident_list")).content.decode()
    assert missing.reference not in listed


def test_a_placing_authority_reads_and_does_not_write(
    missing, met_officer, lambeth, authority_worker, other_authority_worker, client_of
) -> None:
    services.edit_incident(
        actor=met_officer.actor,
        incident_id=missing.pk,
        version=missing.version,
        changes={"placing_authority_id": lambeth.pk},
    )
    for name in READ:
        answer = client_of(authority_worker).get(at(name, missing))
        assert answer.status_code == 200, name
        assert "Jo Example" not in answer.content.decode(), name
        assert client_of(other_authority_worker).get(at(name, missing)).status_code == 404, name
    assert client_of(authority_worker).get(at("person", missing)).status_code == 403


def test_no_title_has_a_name(missing, met_officer, client_of) -> None:
    client = client_of(met_officer)
    for name in (*READ, *OFFICER):
        page = client.get(at(name, missing)).content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert "Alex" not in title, name
        assert "Example" not in title, name
        assert missing.reference in title, name


def test_what_was_answered_at_a_grading_stays_with_it(incident, met_supervisor, client_of) -> None:
    client = client_of(met_supervisor)
    now = timezone.localtime() - timedelta(minutes=5)
    sent = {
        "grade": "high",
        "information": "Rang from the bridge.",
        "given_by": "Aunt",
        "given_at_day": now.day,
        "given_at_month": now.month,
        "given_at_year": now.year,
        "given_at_time": f"{now:%H:%M}",
        "rationale": "Danger.",
        "answer_self_harm": "yes",
        "answer_crime": "not_known",
        "version": incident.version,
    }
    assert client.post(at("grade", incident), sent).status_code == 302
    assert incident.assessments.get().answers == {"self_harm": "yes", "crime": "not_known"}
    risk = client.get(at("risk", incident)).content.decode()
    assert "Is there any sign that they mean to harm themselves?" in risk
    assert "May they be a danger to others?" not in risk


def test_a_restricted_incident_is_offered_to_one_person_by_their_address(
    missing, met_supervisor, kent, kent_supervisor, kent_officer, client_of
) -> None:
    services.restrict_incident(
        actor=met_supervisor.actor, incident_id=missing.pk, reason="A colleague's child."
    )
    client = client_of(met_supervisor)
    sent = {"to_organisation": kent.pk, "reason": "Lives there.", "to_user": "nobody@kent.example"}
    assert client.post(at("transfer_offer", missing), sent).status_code == 422
    sent["to_user"] = kent_supervisor.user.email.upper()
    assert client.post(at("transfer_offer", missing), sent).status_code == 302
    assert client_of(kent_supervisor).get(at("transfer_accept", missing)).status_code == 200
    assert client_of(kent_officer).get(at("overview", missing)).status_code == 404


def test_the_task_list_names_what_is_missing_beside_the_sections(missing, met_officer, client_of) -> None:
    page = client_of(met_officer).get(at("record", missing)).content.decode()
    for lacking in ("A photo", "An address", "Force reference", "Whether they are looked after"):
        assert lacking in page, lacking
    services.add_address(
        actor=met_officer.actor, incident_id=missing.pk, address=services.AddressDetails(text="1 The Lane")
    )
    page = client_of(met_officer).get(at("record", missing)).content.decode()
    assert "Missing: An address" not in page
    assert "1 The Lane" in page


def test_the_overview_says_what_the_family_may_be_told(found, met_officer, client_of) -> None:
    page = client_of(met_officer).get(at("overview", found)).content.decode()
    assert "The person has not been asked what may be told." in page
    world.interviewed(found, met_officer.actor)
    page = client_of(met_officer).get(at("overview", found)).content.decode()
    assert "That they are safe and well, and where they are." in page
