"""The area of a last sighting: asked at the report and at every correction, shown, and refused with words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.exceptions import Invalid
from foundation.places.forms import NO_AREA
from foundation.places.models import Area
from missingcases import services
from missingcases.models import Incident

pytestmark = pytest.mark.django_db
REPORT = {
    "sex": "not_known",
    "circumstances": "Did not come home.",
    "concern": "not_known",
    "phone_state": "not_known",
    "phone_held_by": "not_known",
}


def report(client, area: str):
    return client.post(reverse("missingcases:report"), REPORT | {"last_seen_area": area})


def facts(client, incident: Incident, **sent: str):
    at = reverse("missingcases:facts", args=[incident.reference])
    return client.post(at, {"version": incident.version, **sent})


def test_the_report_offers_the_areas_without_a_script(client_of, met_officer) -> None:
    text = client_of(met_officer).get(reverse("missingcases:report")).content.decode()
    assert 'list="id_last_seen_area_areas"' in text
    assert '<datalist id="id_last_seen_area_areas">' in text
    assert '<option value="Lambeth (borough)">' in text


@pytest.mark.parametrize("typed", ["Lambeth (borough)", "lambeth", "E09000022"])
def test_a_report_keeps_the_area_and_shows_it(client_of, met_officer, typed: str) -> None:
    client = client_of(met_officer)
    assert report(client, typed).status_code == 302
    row = Incident.objects.get()
    assert row.last_seen_area == Area.objects.get(code="E09000022")
    for page in ("overview", "record"):
        shown = client.get(reverse(f"missingcases:{page}", args=[row.reference])).content.decode()
        assert "Lambeth (borough)" in shown, page


def test_a_report_without_an_area_is_a_report(client_of, met_officer) -> None:
    assert report(client_of(met_officer), "").status_code == 302
    assert Incident.objects.get().last_seen_area is None


def test_an_area_that_does_not_exist_comes_back_as_typed(client_of, met_officer) -> None:
    again = report(client_of(met_officer), 'Nar"nia<b>')
    text = again.content.decode()
    assert again.status_code == 422
    assert NO_AREA in text
    assert "Nar&quot;nia&lt;b&gt;" in text
    assert "Did not come home." in text
    assert not Incident.objects.exists()


def test_an_area_that_ended_is_refused_beside_its_box(client_of, met_officer) -> None:
    again = report(client_of(met_officer), "Lambeth borough command")
    assert again.status_code == 422
    said = "Lambeth borough command ended on 1 July 2018. Choose an area of the day they were last seen."
    assert again.context["form"].errors == {"last_seen_area": [said]}
    assert "Lambeth borough command" in again.content.decode()


def test_a_correction_keeps_changes_and_clears_it(client_of, met_officer, incident) -> None:
    client = client_of(met_officer)
    facts(client, incident, last_seen_area="Croydon")
    incident.refresh_from_db()
    assert incident.last_seen_area is not None
    assert incident.last_seen_area.name == "Croydon"
    at = reverse("missingcases:facts", args=[incident.reference])
    assert 'value="Croydon (borough)"' in client.get(at).content.decode()
    assert NO_AREA in facts(client, incident, last_seen_area="Croyd").content.decode()
    facts(client, incident, last_seen_area="")
    incident.refresh_from_db()
    assert incident.last_seen_area is None


def test_what_was_an_area_that_day_stands(client_of, met_officer) -> None:
    """An incident of 2017 lies where the boroughs lay then, and saving its form again changes nothing."""
    then = timezone.now().replace(year=2017)
    old = services.report_incident(
        actor=met_officer.actor,
        report=services.ReportDetails(reported_at=then, last_seen_at=then - timedelta(hours=1)),
    )
    command = Area.objects.get(code="met-borough-lambeth")
    assert command.ends_on == date(2018, 7, 1)
    services.edit_incident(
        actor=met_officer.actor, incident_id=old.pk, version=1, changes={"last_seen_area_id": command.pk}
    )
    old.refresh_from_db()
    client = client_of(met_officer)
    at = reverse("missingcases:facts", args=[old.reference])
    shown = client.get(at).context["form"]["last_seen_area"].value()
    facts(client, old, last_seen_area=shown, force_reference="MP/2017")
    old.refresh_from_db()
    assert (old.last_seen_area_id, old.force_reference) == (command.pk, "MP/2017")


def test_another_force_is_told_nothing(client_of, kent_officer, incident) -> None:
    sent = facts(client_of(kent_officer), incident, last_seen_area="Croydon")
    assert sent.status_code == 404
    incident.refresh_from_db()
    assert incident.last_seen_area is None


def test_no_such_area_reaches_the_database(met_officer, incident) -> None:
    with pytest.raises(Invalid) as refused:
        services.edit_incident(
            actor=met_officer.actor, incident_id=incident.pk, version=1, changes={"last_seen_area_id": 0}
        )
    assert refused.value.problems == {"last_seen_area_id": "There is no such area."}
