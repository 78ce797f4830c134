"""What waits of sightings stands on the duty desk of its side, live, and on nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from appeals.services import sightings as services
from appeals.sighting_contributions import sighting_work
from missingcases.desk.selectors.version import LOOK_AGAIN_SECONDS
from tests.appeals.seeing import SEEN, sent

pytestmark = pytest.mark.django_db
POLL = {"HTTP_HX_REQUEST": "true", "HTTP_X_HARBOUR_POLL": "1"}


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


def desk_of(client: Client) -> str:
    return client.get("/desk/").content.decode()


def polled(clock, client: Client, tag: str):
    """What an open screen gets at the latest."""
    clock.shift(LOOK_AGAIN_SECONDS)
    return client.get("/desk/list/", HTTP_IF_NONE_MATCH=tag, **POLL)


def test_an_open_desk_of_the_charity_gets_a_new_one_and_loses_what_was_taken(
    clock, client, desk, live, publicity_officer
) -> None:
    publicity_officer.sign_in(client)
    assert "No sighting waits." in desk_of(client)
    tag = client.get("/desk/list/", **POLL)["ETag"]
    assert polled(clock, client, tag).status_code == 304
    seen = sent(live)
    told = polled(clock, client, tag)
    page = told.content.decode()
    assert f"Judge sighting {seen.reference}" in page
    assert f'href="/sightings/{seen.reference}/"' in page
    assert sighting_work(desk.publicity).items[0].due_at == seen.received_at + timedelta(minutes=15)
    assert SEEN not in page
    assert "Robin" not in page
    services.triage(actor=desk.publicity, reference=seen.reference, triage="immediate", words="")
    clock.shift(LOOK_AGAIN_SECONDS)
    assert f"Pass on sighting {seen.reference}: immediate danger" in desk_of(client)
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    clock.shift(LOOK_AGAIN_SECONDS)
    assert "No sighting waits." in desk_of(client)


def test_the_force_gets_it_with_its_clock_and_no_other_does(
    clock, client, desk, live, met_officer, kent_officer, authority_worker, family_worker
) -> None:
    seen = sent(live)
    services.triage(actor=desk.publicity, reference=seen.reference, triage="routine", words="")
    assert seen.reference not in desk_of(met_officer.sign_in(client))
    services.pass_to_police(actor=desk.publicity, reference=seen.reference)
    clock.shift(LOOK_AGAIN_SECONDS)
    assert f"Acknowledge sighting {seen.reference}: routine" in desk_of(client)
    for stranger in (kent_officer, authority_worker, family_worker):
        assert seen.reference not in desk_of(stranger.sign_in(Client()))
    services.acknowledge_sighting(actor=desk.officer, reference=seen.reference)
    clock.shift(LOOK_AGAIN_SECONDS)
    assert "No sighting waits." in desk_of(client)
