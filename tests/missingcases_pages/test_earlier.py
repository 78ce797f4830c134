"""Intake finds the person: likely earlier records beside the report, and what is done with them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.merging.models import NotTheSame
from missingcases.models import Incident
from tests.missingcases import making
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
WRITTEN = {
    "given_names": "Alexandra",
    "family_name": "Exampel",
    "date_of_birth_day": "3",
    "date_of_birth_month": "4",
    "date_of_birth_year": "2011",
    "sex": "female",
    "circumstances": "Did not come home.",
    "concern": "not_known",
    "phone_number": "07700 900123",
    "phone_state": "not_known",
    "phone_held_by": "not_known",
}


def page() -> str:
    return reverse("missingcases:report")


def beside() -> str:
    return reverse("missingcases:earlier")


@pytest.fixture
def client(met_officer) -> Client:
    return met_officer.sign_in(Client())


def test_an_earlier_record_appears_with_its_reasons_and_the_look_is_audited(incident, client) -> None:
    html = client.post(beside(), WRITTEN).content.decode()
    assert incident.person.reference in html
    assert "ame phone" in html
    assert "day and month swapped" in html
    assert f"reported missing already: {incident.reference}" in html
    told = AuditEvent.objects.filter(action="person.searched").latest("id")
    assert told.target_ids == [incident.person_id]


def test_nobody_is_looked_for_by_too_little(incident, client) -> None:
    before = AuditEvent.objects.filter(action="person.searched").count()
    html = client.post(beside(), {"given_names": "A", "date_of_birth_day": "x"}).content.decode()
    assert "Write a name or a telephone number." in html
    assert AuditEvent.objects.filter(action="person.searched").count() == before


def test_another_force_shows_itself_and_nothing_of_the_record(incident, kent_officer, caseworker) -> None:
    html = kent_officer.sign_in(Client()).post(beside(), WRITTEN).content.decode()
    assert incident.owner.name in html
    assert "coordinator" in html
    for secret in (incident.reference, incident.person.reference, "Alex Example", "2011"):
        assert secret not in html
    assert caseworker.sign_in(Client()).post(beside(), WRITTEN).status_code == 403


def test_a_restricted_record_gives_nobody_away(incident, client, met_supervisor, kent_officer) -> None:
    services.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="Staff.")
    for who in (client, kent_officer.sign_in(Client())):
        html = who.post(beside(), WRITTEN).content.decode()
        assert "No earlier record is likely." in html


def test_without_scripts_the_button_looks_and_keeps_what_was_typed(incident, client) -> None:
    answer = client.post(page(), {**WRITTEN, "circumstances": "", "look": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert incident.person.reference in html
    assert 'value="Exampel"' in html
    assert "error-summary" not in html
    assert Incident.objects.count() == 1


def test_the_earlier_record_is_used_and_can_be_let_go_again(incident, client) -> None:
    reference = incident.person.reference
    html = client.post(page(), {**WRITTEN, "take": reference}).content.decode()
    assert "Did not come home." in html
    assert f"?person={reference}" in html
    assert '<input type="hidden" name="family_name" value="Exampel" form="report">' in html
    html = client.post(f"{page()}?person={reference}", {**WRITTEN, "take": ""}).content.decode()
    assert 'value="Exampel"' in html
    assert f'action="{page()}"' in html

    answer = client.post(f"{page()}?person={reference}", WRITTEN)
    assert answer.status_code == 302
    assert set(Incident.objects.values_list("person", flat=True)) == {incident.person_id}


def test_not_the_same_is_left_out_at_once_and_remembered_when_saved(incident, client, met_officer) -> None:
    reference = incident.person.reference
    html = client.post(beside(), {**WRITTEN, "apart": reference}).content.decode()
    assert f'type="hidden" name="apart" value="{reference}"' in html
    assert f'id="apart-{reference}"' not in html

    assert client.post(page(), {**WRITTEN, "apart": reference}).status_code == 302
    new = Incident.objects.latest("pk")
    pair = NotTheSame.objects.get()
    assert {pair.low_id, pair.high_id} == {incident.person_id, new.person_id}


def test_a_record_of_another_force_cannot_be_used_or_told_apart(client, kent_officer) -> None:
    theirs = world.reported(kent_officer.actor)
    reference = theirs.person.reference
    html = client.post(page(), {**WRITTEN, "take": reference}).content.decode()
    assert 'value="Exampel"' in html, "nothing is known of it"
    assert client.post(page(), {**WRITTEN, "apart": reference}).status_code == 302
    assert not NotTheSame.objects.exists()


def test_a_name_known_exactly_is_not_asked_again_once_told_apart(client, met_officer) -> None:
    same = making.report(
        met_officer.actor, given_names="Alexandra", family_name="Exampel", date_of_birth=date(2011, 4, 3)
    )
    assert client.post(page(), WRITTEN).status_code == 422
    assert client.post(page(), {**WRITTEN, "apart": same.person.reference}).status_code == 302
