"""The form on the public site: in both languages, without a cookie, with nothing typed lost."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from families.say_something.models import Submission
from families.say_something.public import keys

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
HERE = "/say-something/"


@pytest.fixture
def key() -> str:
    """Of a form that was shown a minute ago."""
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        return keys.new_key()


def test_it_says_what_is_anonymous_and_what_is_not_in_both_languages() -> None:
    client = Client()
    page = client.get(HERE)
    assert "may see that you opened this page" in page.content.decode()
    assert "data-exit" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    welsh = client.get(f"/cy{HERE}")
    assert welsh["Content-Language"] == "cy"
    assert "Dywedwch rywbeth" in welsh.content.decode()
    assert "Say something" not in welsh.content.decode()


def test_what_is_sent_is_kept_once_with_nothing_of_who_sent_it(key) -> None:
    client = Client()
    given = {"key": key, "words": "They make him sell.", "kind": "criminal", "is_urgent": "yes"}
    for _ in range(2):
        answer = client.post(HERE, given, headers={"User-Agent": "Okapi/1", "X-Forwarded-For": "192.0.2.7"})
        assert (answer.status_code, answer["Location"]) == (302, f"{HERE}thanks/")
        assert not answer.cookies
    row = Submission.objects.get()
    assert "Okapi" not in str(row.__dict__)
    assert "192.0.2.7" not in str(row.__dict__)
    thanks = client.get(answer["Location"]).content.decode()
    assert "we do not know who you are" in thanks
    assert "reference" not in thanks
    assert client.get(f"/cy{HERE}thanks/").status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": ""}, "Write what is happening."),
        ({"website": "x"}, "Empty this box"),
        ({"key": "forged"}, "open for a long time"),
        ({"key": None}, "very quick"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(key, change, words) -> None:
    given = {"key": key, "words": "They make him sell.", "place": "The quay", **change}
    if given["key"] is None:
        given["key"] = keys.new_key()
    page = Client().post(HERE, given).content.decode()
    assert words in page
    assert "The quay" in page
    assert not Submission.objects.exists()


def test_too_much_and_too_many_are_turned_away(key, redis_url) -> None:
    large = Client().post(HERE, {"key": key, "words": "x" * 200_000})
    assert large.status_code == 413
    for _ in range(keys.MOST_A_MINUTE * 2 + 1):
        keys.is_flooded()
    assert Client().post(HERE, {"key": key, "words": "They make him sell."}).status_code == 429


def test_where_nothing_can_be_counted_everything_is_taken(key, settings) -> None:
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "fast": {**settings.CACHES["fast"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert not keys.is_flooded()
