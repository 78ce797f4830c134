"""What other sites embed, as they get it."""

from __future__ import annotations

import re

import pytest

from appeals.fragments.reading import problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
HERE = "/embed/helpline"


@pytest.fixture(autouse=True)
def _public(settings) -> None:
    settings.IS_PUBLIC_SITE = True
    settings.PUBLIC_BASE_URL = "https://help.example"


def test_it_is_a_piece_of_html_that_stands_anywhere(client) -> None:
    answer = client.get(HERE)
    html = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert 'href="tel:116000">116 000</a>' in html
    assert "free, confidential, and open 24 hours a day" in html
    assert 'href="https://help.example/"' in html
    assert not re.search(
        r"<(script|style|link|img|html|body)|style=|class=|id=| on", html.replace(" on ", "")
    )
    assert problem_of(f"<!doctype html><main>{html}</main>") == ""


def test_it_speaks_welsh(client) -> None:
    answer = client.get(f"{HERE}?lang=cy")
    html = answer.content.decode()
    assert 'lang="cy"' in html
    assert "Ffoniwch neu tecstiwch" in html
    assert "free" not in html
    assert answer["Content-Language"] == "cy"
    assert 'href="https://help.example/cy/"' in html


@pytest.mark.parametrize(
    ("asked", "accepts"),
    [("?format=json", "*/*"), ("", "application/json"), ("", "application/json, */*;q=0.1")],
)
def test_it_is_had_in_parts_as_json(client, asked, accepts) -> None:
    answer = client.get(HERE + asked, headers={"accept": accepts})
    told = answer.json()
    assert (told["number"], told["version"], told["language"]) == ("116 000", "1", "en")
    assert told["html"] == client.get(HERE).content.decode()
    assert all(told[name] for name in ("heading", "call", "sentences", "home", "link_words"))


def test_any_site_reads_it_and_keeps_it_for_an_hour_and_none_frames_it(client) -> None:
    answer = client.get(HERE, headers={"origin": "https://force.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert {"public", "max-age=3600"} <= set(answer["Cache-Control"].split(", "))
    assert "Accept" in answer["Vary"]
    assert not answer.cookies
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_who_has_it_already_is_told_so(client) -> None:
    first = client.get(HERE)
    again = client.get(HERE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    assert client.get(f"{HERE}?lang=cy", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(f"{HERE}?format=json", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("asked", ["?lang=fr", "?format=xml", "?lang=%00"])
def test_what_there_is_not_is_said(client, asked) -> None:
    answer = client.get(HERE + asked)
    assert answer.status_code == 400
    assert b"lang=cy" in answer.content


def test_it_is_read_only(client) -> None:
    assert client.post(HERE).status_code == 405
    assert client.head(HERE).status_code == 200
