"""The public pages of an appeal: what they show, and how they are gone."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals import services
from appeals.models import Appeal
from appeals.public import reading
from missingcases.models import Incident
from tests.appeals import making
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
WELSH_PARTS = ("cy/", "cy/easy/", "cy/seen/")
PARTS = ("", "easy/", "seen/", *WELSH_PARTS)


def address(appeal: Appeal, part: str = "") -> str:
    return f"/appeals/{appeal.token}/{part}"


def test_the_page_shows_what_is_published(client, live) -> None:
    answer = client.get(address(live))
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "Robin",
        making.DESCRIPTION,
        "A red coat.",
        "Camden",
        live.reference,
        "116 000",
        "call 999",
    ):
        assert words in page
    assert "Moor" not in page  # its content does not show the surname
    assert "Robin" not in re.search("<title>(.*?)</title>", page)[1]
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_its_structured_data_can_be_read(client, live) -> None:
    page = client.get(address(live)).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["about"]["name"] == "Robin"
    assert data["identifier"] == live.reference


def test_words_that_end_a_script_end_nothing(client, desk, incident) -> None:
    words = "</script><script>alert(1)</script> & <b>x</b>"
    appeal = making.asked(desk.officer, incident, content=making.details(description=words))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    making.outlet()
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    page = client.get(address(appeal)).content.decode()
    assert "<script>alert" not in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["about"]["description"] == words


def test_an_appeal_never_published_or_unknown_is_not_there(client, ready) -> None:
    assert client.get(address(ready)).status_code == 404
    assert client.get("/appeals/AAAAAAAAAAAAAAAA/").status_code == 404
    assert client.get("/appeals/<script>/").status_code == 404


def _found(desk, live: Appeal, incident: Incident) -> None:
    located(desk.officer, incident)


def _withdrawn(desk, live: Appeal, incident: Incident) -> None:
    services.withdraw_appeal(actor=desk.publicity, appeal_id=live.pk, cause="staff", reason="Asked.")


def _paused(desk, live: Appeal, incident: Incident) -> None:
    services.pause(actor=desk.publicity, appeal_id=live.pk, reason="A while.")


def _expired(desk, live: Appeal, incident: Incident) -> None:
    Appeal.objects.filter(pk=live.pk).update(expires_at=live.first_live_at - timedelta(days=1))


def _held(desk, live: Appeal, incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(starts_held=True)


@pytest.mark.parametrize("end", [_found, _withdrawn, _paused, _expired, _held])
def test_gone_is_gone_in_the_same_words_whatever_ended_it(client, desk, live, incident, end) -> None:
    end(desk, live, incident)
    answers = [client.get(address(live, part)) for part in PARTS]
    assert {answer.status_code for answer in answers} == {410}
    # Once in each language.
    english, welsh = answers[: -len(WELSH_PARTS)], answers[-len(WELSH_PARTS) :]
    bodies = [{answer.content for answer in some} for some in (english, welsh)]
    assert [len(some) for some in bodies] == [1, 1]
    page = b"".join(some.pop() for some in bodies).decode()
    for word in ("Robin", "Moor", live.reference, live.token, "found", "safe"):
        assert word not in page
    assert client.get("/appeals/").content.decode().count("Robin") == 0


def test_the_same_bytes_for_two_appeals(client, desk, live, incident) -> None:
    located(desk.officer, incident)
    first = client.get(address(live)).content
    Appeal.objects.filter(pk=live.pk).update(token="B" * 16)
    assert client.get("/appeals/" + "B" * 16 + "/").content == first


def test_easy_read_is_short_sentences(client, live) -> None:
    page = client.get(address(live, "easy/")).content.decode()
    for words in ("Robin is missing", "Robin is 46 years old.", "Call 999.", "images/easy/person"):
        assert words in page


def test_a_language_that_is_not_written_is_not_there(client, live) -> None:
    assert client.get(address(live, "cy/")).status_code == 404


def test_welsh_stands_beside_english(client, desk, incident) -> None:
    both = (
        services.Words(description="Short brown hair."),
        services.Words(language="cy", description="Gwallt brown byr."),
    )
    appeal = making.asked(desk.officer, incident, content=making.details(wordings=both))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    making.outlet()
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    welsh = client.get(address(appeal, "cy/")).content.decode()
    assert 'lang="cy"' in welsh
    assert "Gwallt brown byr." in welsh
    assert "Ar goll ers" in welsh
    assert address(appeal, "cy/") in client.get(address(appeal)).content.decode()


def test_the_list_is_by_area_and_by_words(client, live) -> None:
    making.area("Leeds", "E08000035")
    for found in (
        "/appeals/",
        "/appeals/in/E09000007/",
        "/appeals/?q=rob+camden",
        f"/appeals/?q={live.reference}",
    ):
        assert address(live) in client.get(found).content.decode(), found
    for empty in ("/appeals/in/E08000035/", "/appeals/?q=moor", "/appeals/?q=zzz", "/appeals/?q=%00%25_"):
        answer = client.get(empty)
        assert answer.status_code == 200
        assert address(live) not in answer.content.decode(), empty
    assert client.get("/appeals/in/nowhere/").status_code == 404


@pytest.mark.parametrize(
    "after", ["nonsense", "1.AP-7KQ2M9XD.10000", "99999999999999999.AP-7KQ2M9XD.1", "-1.x.2"]
)
def test_a_reader_who_asks_for_any_page_gets_a_plain_answer(client, live, after) -> None:
    assert client.get("/appeals/", {"after": after}).status_code == 200


def test_page_ten_thousand_says_where_to_look_instead(client, live) -> None:
    page = client.get("/appeals/", {"after": "1.AP-7KQ2M9XD.10000"}).content.decode()
    assert "as far as the list goes" in page


def test_the_names_of_pages_agree_with_their_addresses(live) -> None:
    for name, part in (("appeal", ""), ("welsh", "cy/"), ("easy", "easy/")):
        assert reverse(f"public_appeals:{name}", args=[live.token]) == address(live, part)


def test_older_appeals_are_a_page_further_and_cost_no_more_statements(
    client, desk, live, monkeypatch, django_assert_num_queries
) -> None:
    with CaptureQueriesContext(connection) as one:
        client.get("/appeals/")
    other = making.open_incident(desk.officer, desk.supervisor, given_names="Sam")
    appeal = making.asked(desk.officer, other, content=making.details(first_name="Sam"))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    with django_assert_num_queries(len(one)):
        both = client.get("/appeals/").content.decode()
    assert address(appeal) in both
    assert address(live) in both

    monkeypatch.setattr(reading, "PAGE", 1)
    first = client.get("/appeals/").content.decode()
    second = client.get("/appeals/" + re.search(r'href="(\?after=[^"]+)"', first)[1]).content.decode()
    assert (address(appeal) in first, address(live) in first) == (True, False)
    assert (address(appeal) in second, address(live) in second) == (False, True)
