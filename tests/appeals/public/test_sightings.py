"""Telling us what was seen: quick, lost never, anonymous where wished."""

from __future__ import annotations

import json
import re
from unittest import mock

import pytest
from django.core.cache import caches

from appeals import services
from appeals.models import Sighting, Submission
from appeals.public import form_keys
from foundation.audit.models import AuditEvent
from missingcases.models import Incident
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
ANSWERS = {
    "kind": "sighting",
    "description": "She sat in the café and read.",
    "place": "Platform 4, Euston",
    "certainty": "likely",
    "vehicle": "The 73 bus",
    "stays": "anonymous",
}


@pytest.fixture(autouse=True)
def _empty_counts(redis_url):
    caches["fast"].clear()


@pytest.fixture
def sent(client, live):
    """Send the form as a browser does, some time after it was shown."""

    def send(**given):
        address = f"/appeals/{live.token}/seen/"
        key = _key(client.get(address).content.decode())
        with mock.patch("django.core.signing.time.time", return_value=_later(given.pop("after", 30))):
            return client.post(address, {**ANSWERS, "key": key, **given})

    return send


def _later(seconds: float) -> float:
    import time

    return time.time() + seconds


def _key(page: str) -> str:
    return re.search(r'name="key" value="([^"]+)"', page)[1]


def reference_in(client, answer) -> str:
    assert answer.status_code == 302, re.findall(
        r"error-message[^>]*>(.*?)</p>", answer.content.decode(), re.S
    )
    page = client.get(answer["Location"]).content.decode()
    return re.search(r"SI-[0-9A-Z]{8}", page)[0]


def test_what_somebody_saw_becomes_a_sighting_with_the_reference_they_keep(client, live, sent) -> None:
    reference = reference_in(client, sent())
    raw = Submission.objects.get()
    assert json.loads(raw.body)["place"] == "Platform 4, Euston"
    assert services.read_submissions() == 1
    sighting = Sighting.objects.get()
    assert sighting.reference == reference
    assert (sighting.appeal_id, sighting.incident_id, sighting.certainty) == (
        live.pk,
        live.incident_id,
        "likely",
    )
    assert sighting.vehicle == "The 73 bus"
    raw.refresh_from_db()
    assert (raw.body, raw.photo, raw.result) == ("", None, "read")
    assert services.read_submissions() == 0
    assert AuditEvent.objects.filter(action="appeals.sighting_received").count() == 1


def test_the_page_asks_for_999_first_and_sets_no_cookie(client, live) -> None:
    answer = client.get(f"/appeals/{live.token}/seen/")
    page = answer.content.decode()
    assert page.index("call 999 first") < page.index("<form")
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page


def test_nothing_is_lost_when_an_answer_is_missing(client, sent) -> None:
    answer = sent(place="", certainty="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Say where it was" in page
    assert "Choose how sure you are" in page
    assert "She sat in the café and read." in page
    assert not Submission.objects.exists()


def test_the_person_themself_is_asked_neither_where_nor_how_sure(client, sent) -> None:
    reference_in(client, sent(kind="it_is_me", place="", certainty="", description="It is me. I am safe."))
    services.read_submissions()
    assert Sighting.objects.get().kind == "it_is_me"


def test_whoever_may_be_contacted_says_how(client, sent) -> None:
    assert "or stay anonymous" in sent(stays="reachable").content.decode()
    reference_in(client, sent(stays="reachable", name="Jo", contact="07700 900123"))
    services.read_submissions()
    assert Sighting.objects.get().reporter_contact == "07700 900123"


def test_a_form_sent_twice_is_one(client, live) -> None:
    address = f"/appeals/{live.token}/seen/"
    key = _key(client.get(address).content.decode())
    with mock.patch("django.core.signing.time.time", return_value=_later(30)):
        first, second = (client.post(address, {**ANSWERS, "key": key}) for _ in range(2))
    assert reference_in(client, first) == reference_in(client, second)
    assert Submission.objects.count() == 1


def test_a_machine_is_too_quick_and_a_person_only_sends_again(sent) -> None:
    answer = sent(after=1)
    assert "That was very quick" in answer.content.decode()
    assert "She sat in the café" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_page_left_open_over_night_can_still_be_sent(client, live, sent) -> None:
    page = sent(after=13 * 3600).content.decode()
    assert "open for a long time" in page
    assert form_keys.read_key(live.token, _key(page)) is form_keys.Key.TOO_QUICK  # a new one


@pytest.mark.parametrize("key", ["", "forged", "a:b:c"])
def test_a_key_that_is_not_ours_is_not_taken(sent, key) -> None:
    assert sent(key=key).status_code == 200
    assert not Submission.objects.exists()


def test_a_filled_trap_is_told_and_nothing_kept(sent) -> None:
    page = sent(website="https://spam.example").content.decode()
    assert "Empty this box" in page
    assert not Submission.objects.exists()


def test_a_flood_is_told_to_wait_and_loses_nothing(sent, monkeypatch) -> None:
    monkeypatch.setattr(form_keys, "MOST_A_MINUTE", 1)
    assert sent().status_code == 302
    answer = sent()
    assert answer.status_code == 429
    assert "She sat in the café" in answer.content.decode()


def test_more_than_a_photo_is_not_read_at_all(client, live) -> None:
    answer = client.post(
        f"/appeals/{live.token}/seen/", b"x", content_type="text/plain", CONTENT_LENGTH=10**9
    )
    assert answer.status_code == 413
    assert "999" in answer.content.decode()


def test_a_gone_appeal_takes_no_form_and_says_whom_to_ring(client, desk, live, incident: Incident) -> None:
    located(desk.officer, incident)
    answer = client.post(f"/appeals/{live.token}/seen/", ANSWERS)
    assert answer.status_code == 410
    assert "116 000" in answer.content.decode()


def test_what_our_form_did_not_write_is_set_aside(live) -> None:
    for number, body in enumerate(("", "[]", "{}", '{"kind": "other"}')):
        Submission.objects.create(
            token=live.token, form_key=f"{number:032x}", body=body, received_at=live.first_live_at
        )
    assert services.read_submissions() == 4
    assert set(Submission.objects.values_list("result", flat=True)) == {"unreadable"}
    assert not Sighting.objects.exists()


def test_thanks_are_only_for_a_reference_of_ours(client, live) -> None:
    assert client.get(f"/appeals/{live.token}/seen/kept/?r=SI-AAAAAAAA").status_code == 404
