"""Addresses an administrator typed are asked for little, and never inside our network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from foundation.single_sign_on import discovery, fetching
from foundation.single_sign_on.exceptions import Unreachable
from tests.foundation.single_sign_on.crooked import Crooked, running


@pytest.fixture
def crooked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crooked]:
    settings.SIGN_IN_ALLOWED_HOSTS = ["127.0.0.1"]
    with running() as state:
        yield state


def why(url: str) -> str:
    with pytest.raises(Unreachable) as caught:
        fetching.fetch(url)
    return caught.value.code


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.7]/",
        "http://example.org/",
        "https://user:pass@example.org/",
        "ftp://example.org/",
        "//example.org",
        "https://[half",
    ],
)
def test_an_address_inside_or_in_clear_is_not_asked(url: str) -> None:
    assert why(url) == "address"


def test_a_host_the_operator_named_may_lie_inside(crooked: Crooked) -> None:
    assert fetching.fetch(crooked.url).status == 200


def test_a_real_server_speaks_tls_even_to_a_named_host(crooked: Crooked, settings: Any) -> None:
    settings.IS_PRODUCTION = True
    assert why(crooked.url) == "address"
    assert crooked.asked == []


def test_a_redirect_is_not_followed(crooked: Crooked) -> None:
    crooked.status, crooked.location = 302, f"{crooked.url}/elsewhere"
    assert fetching.fetch(crooked.url).status == 302
    assert crooked.asked == ["/"]


def test_a_large_answer_is_cut_off(crooked: Crooked) -> None:
    crooked.padding = fetching.MOST_BYTES
    assert why(crooked.url) == "too_large"


def test_an_answer_that_drips_in_is_given_up(crooked: Crooked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.3)
    crooked.drips = True
    assert why(crooked.url) == "no_answer"


def test_a_closed_door_and_an_unknown_name_are_told_apart(settings: Any) -> None:
    settings.SIGN_IN_ALLOWED_HOSTS = ["127.0.0.1"]
    assert why("http://127.0.0.1:9/") == "no_answer"
    assert why("https://nowhere.invalid/") == "no_host"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"issuer": "https://elsewhere.example"}, "other_issuer"),
        ({"token_endpoint": None}, "incomplete"),
        ({"jwks_uri": 7}, "incomplete"),
        ({"authorization_endpoint": "http://elsewhere.example/"}, "incomplete"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "incomplete"),
    ],
)
def test_a_description_that_lacks_something_is_not_used(crooked: Crooked, told, code: str) -> None:
    crooked.told = told
    with pytest.raises(Unreachable) as caught:
        discovery.discover(crooked.issuer, afresh=True)
    assert caught.value.code == code


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_not_read(body: bytes) -> None:
    with pytest.raises(Unreachable):
        fetching.Answer(200, body).told()
