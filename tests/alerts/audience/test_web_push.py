"""A browser signs up, says yes to its first push, changes what it gets, moves elsewhere, and leaves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from alerts.audience import links, services
from alerts.audience.models import Subscriber, Subscription
from foundation.messaging import services as messaging
from tests.alerts.audience.conftest import subscribe
from tests.alerts.audience.test_public_pages import HERE, filled, new_key
from tests.foundation.messaging.browsers import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]


@pytest.fixture
def browser(provider) -> Browser:
    return Browser(provider.browser())


def newest(provider, browser: Browser) -> dict[str, Any]:
    """What it was pushed last, once everything that waits has gone out."""
    services.read_submissions()
    messaging.send_due(lane="normal")
    return json.loads(browser.opened(provider.pushes(browser.endpoint)[-1]["sealed"]))


def test_a_browser_says_yes_to_its_first_push_and_chooses_later(london, provider, browser) -> None:
    client = Client()
    page = client.get(HERE).content.decode()
    assert "On this device" in page
    assert 'data-worker="/alerts/push-worker.js"' in page
    given = filled(channel="web_push", email="", subscription=browser.line, language="cy")
    answer = client.post(HERE, given)
    assert answer["Location"] == "/alerts/sign-up/pushed/"
    assert client.get(answer["Location"]).status_code == 200
    asked = newest(provider, browser)
    assert asked["lang"] == "cy"
    assert asked["url"].startswith("/cy/alerts/confirm/")
    assert not Subscriber.objects.exists()
    assert client.post(asked["url"], {"key": new_key()})["Location"] == "/cy/alerts/confirmed/"
    services.read_submissions()
    row = Subscription.objects.get()
    assert (row.to, row.bucket.channel, row.bucket.language) == (browser.line, "web_push", "cy")

    client.post("/alerts/choices/", {"key": new_key(), "channel": "web_push", "subscription": browser.line})
    choices = newest(provider, browser)["url"]
    assert choices.startswith("/cy/alerts/choices/")
    client.post(f"{choices}pause/", {"key": new_key(), "days": "7"})
    services.read_submissions()
    assert Subscription.objects.get().status == "paused"
    client.post(f"{choices}leave/", {"key": new_key()})
    services.read_submissions()
    assert Subscription.objects.get().to == ""


def test_what_is_no_subscription_is_said_and_not_offered_without_a_key(london, settings) -> None:
    for line in ("", "nonsense", Browser("https://example.com/not-a-push-service").line):
        page = Client().post(HERE, filled(channel="web_push", subscription=line)).content.decode()
        assert "has not said yes yet" in page
    settings.PUSH_PRIVATE_KEY = settings.PUSH_PUBLIC_KEY = ""
    assert "On this device" not in Client().get(HERE).content.decode()
    assert Client().get("/alerts/push-worker.js").status_code == 404


def test_a_browser_goes_on_at_another_address_and_nobody_takes_anothers(london, provider) -> None:
    old, fresh, other = (Browser(provider.browser()) for _ in range(3))
    subscribe(old.line, [london["Northborough"], london["Greatham"]], channel="web_push")
    subscribe(other.line, [london["Greatham"]], channel="web_push")

    def move(old: str, line: str) -> int:
        found = Client().post("/alerts/push-moved/", {"old": old, "subscription": line}).status_code
        services.read_submissions()
        return found

    assert move("", fresh.line) == move(old.endpoint, "nonsense") == 400
    assert move("http://127.0.0.1/push/unknown", fresh.line) == 202
    assert move(old.endpoint, other.line) == 202
    assert Subscription.objects.filter(to_key="").count() == 0
    assert {row.to for row in Subscription.objects.all()} == {old.line, other.line}
    assert move(old.endpoint, fresh.line) == 202
    assert sorted(row.to for row in Subscription.objects.all()) == sorted(
        [fresh.line, fresh.line, other.line]
    )


def test_the_worker_is_a_script_of_its_own_that_reaches_the_alerts_pages(client) -> None:
    answer = client.get("/alerts/push-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert b"const KEY = " in answer.content


def test_a_link_to_leave_that_a_worker_made_opens_at_the_public_site_with_its_own_key(settings) -> None:
    made = links.leave_token(7)
    settings.SECRET_KEY = "the public site's"
    assert links.leaver(made) == 7
    assert links.leaver(f"{made}x") is None
    settings.FIELD_KEYS = ["another"]
    assert links.leaver(made) is None
