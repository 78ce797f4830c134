"""Unread: what others wrote after somebody last opened an incident. Commits are real: times are compared."""

from __future__ import annotations

import pytest
from django.test import Client

from missingcases import services as cases
from tests.missingcases import making

pytestmark = pytest.mark.usefixtures("committing_db")


def unread(desk: Client) -> str:
    return desk.get("/desk/unread/", HTTP_HX_REQUEST="true", HTTP_X_HARBOUR_POLL="1").content.decode()


@pytest.fixture
def incident(met_officer, met_supervisor):
    return making.missing(met_supervisor.actor, making.report(met_officer.actor), "high")


def test_opening_an_incident_takes_it_from_unread_until_somebody_writes(
    client, met_officer, second_met_officer, met_supervisor, incident
) -> None:
    desk = second_met_officer.sign_in(client)
    assert "Not opened yet" in unread(desk)
    desk.get(f"/incidents/{incident.reference}/")
    assert "You have opened everything" in unread(desk)
    making.located(met_officer.actor, incident)
    cases.retract_located(
        actor=met_supervisor.actor, incident_id=incident.pk, level="high", assessment=making.assessment()
    )
    assert "Changed" in unread(desk)


def test_what_one_may_not_read_is_no_news(client, met_officer, authority_worker, lambeth) -> None:
    incident = making.report(met_officer.actor, looked_after="yes", placing_authority_id=lambeth.pk)
    desk = authority_worker.sign_in(client)
    assert incident.reference in unread(desk)
    desk.get(f"/incidents/{incident.reference}/")
    cases.add_note(actor=met_officer.actor, incident_id=incident.pk, text="For our force.", audience="owner")
    assert incident.reference not in unread(desk)
    cases.add_note(actor=met_officer.actor, incident_id=incident.pk, text="For them.", audience="authority")
    assert incident.reference in unread(desk)
