"""The public site takes forms in and reads nothing of who gets alerts, whatever is broken into there."""

from __future__ import annotations

import urllib.parse
import urllib.request
from urllib.parse import urlsplit

import psycopg2
import pytest

from alerts.audience import services
from alerts.audience.models import Submission
from tests.alerts.audience.conftest import link_sent, subscribe
from tests.alerts.audience.test_public_pages import filled


def ask(url: str, given: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and path, redirections followed."""
    body = urllib.parse.urlencode(given).encode() if given is not None else None
    with urllib.request.urlopen(url, data=body, timeout=30) as answer:
        return answer.status, urlsplit(answer.url).path


@pytest.mark.slow
def test_the_pages_work_under_the_role(public_database_url, redis_url, processes, london) -> None:
    site = processes.web("public", "config.public_urls", DATABASE_URL=public_database_url)
    assert ask(f"{site}/alerts/sign-up/") == (200, "/alerts/sign-up/")
    given = filled(second="Southborough")
    assert ask(f"{site}/alerts/sign-up/", given) == (200, "/alerts/sign-up/sent/")
    assert ask(f"{site}/alerts/sign-up/", given) == (200, "/alerts/sign-up/sent/")
    assert Submission.objects.count() == 1
    services.read_submissions()
    page = link_sent()
    key = {"key": filled()["key"]}
    assert ask(f"{site}{page}") == (200, page)
    assert ask(f"{site}{page}", key) == (200, "/alerts/confirmed/")
    services.read_submissions()
    system = {"name": "Buses", "endpoint": "https://buses.test/alerts", "contact": "team@buses.test"}
    given = {"key": filled()["key"], "home": "SW99", "language": "en", "consent": "on", **system}
    assert ask(f"{site}/alerts/systems/", given) == (200, "/alerts/systems/sent/")
    services.read_submissions()
    page = link_sent()
    assert ask(f"{site}{page}", {"key": filled()["key"]}) == (200, page)
    services.read_submissions()
    assert ask(f"{site}{page}") == (200, page)
    services.send_link(channel="email", to="one@people.test")
    page = link_sent()
    given = {"key": filled()["key"], "home": "Greatham", "language": "cy"}
    assert ask(f"{site}{page}change/", given) == (200, "/alerts/choices/saved/")


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT to_key FROM audience_subscriber",
        "SELECT id FROM audience_subscriber",
        "SELECT id FROM audience_subscription",
        "SELECT to_key FROM audience_signup",
        "SELECT body FROM audience_submission",
        "SELECT endpoint_key FROM audience_systemsignup",
        "SELECT id FROM audience_partnersystem",
        "SELECT subscriber_id FROM audience_preferencelink",
        "UPDATE audience_signup SET confirmed_at = now()",
        "DELETE FROM audience_subscription",
    ],
)
def test_the_role_reads_no_subscriber(public_database_url, london, asked) -> None:
    subscribe("one@people.test", [london["Northborough"]])
    there = psycopg2.connect(public_database_url)
    with there.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(asked)
    there.close()
