"""The stand-in of a force's web server: its feed is read as any force's, and taking one out is a question."""

from __future__ import annotations

import json
import re

import pytest
import requests

from appeals.models import Appeal, FeedEntry, SharingPolicy
from foundation.sandbox.models import NetworkPost
from tests.appeals import making
from tests.appeals.feeds.test_reading import read
from tests.appeals.feeds.written import GIVEN

pytestmark = pytest.mark.usefixtures("committing_db")


@pytest.fixture
def incident(met_officer, met_supervisor):
    making.area()
    return making.open_incident(met_officer.actor, met_supervisor.actor)


def page(url: str) -> str:
    return requests.get(f"{url}/forces/", timeout=5).text


def press(url: str, post: NetworkPost) -> None:
    """The button beside an item, with the page's own token."""
    session = requests.Session()
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(f"{url}/forces/", timeout=5).text
    )
    assert token
    data = {"csrfmiddlewaretoken": token[1]}
    assert session.post(f"{url}/forces/{post.pk}/turn", data=data, timeout=5).status_code == 200


def test_what_stands_in_it_arrives_once_and_taking_it_out_asks_the_charity(
    provider,
    met,
    charity,
    incident,
) -> None:
    fields = {"incident": incident.reference, **GIVEN, "first_name": "Robin & <Co>"}
    post = NetworkPost.objects.create(network="force", account="met", key="1", text=json.dumps(fields))
    url = f"{provider.url}/forces/met/appeals.atom"
    policy = SharingPolicy.objects.create(organisation=met, sharing="draft", feed_url=url)
    read(policy)
    assert [one["code"] for one in policy.feed_problems] == ["markup"]
    post.text = json.dumps(fields | {"first_name": "Robin"})
    post.save()
    read(policy)
    assert (policy.feed_problems, Appeal.objects.get().external_reference) == ([], "tag:met.example,2026:1")
    assert policy.feed_etag
    read(policy)
    assert "Take it out of the feed" in page(provider.url)
    press(provider.url, post)
    assert "Put it in again" in page(provider.url)
    read(policy)
    assert FeedEntry.objects.get().deleted
    press(provider.url, post)
    read(policy)
    assert FeedEntry.objects.get().gone_at is None


def test_what_has_not_changed_is_304_and_is_not_on_the_page_of_networks(provider) -> None:
    NetworkPost.objects.create(
        network="force", account="met", key="1", text=json.dumps({"incident": "MI-1", "first_name": "Zoe"})
    )
    url = f"{provider.url}/forces/met/appeals.atom"
    etag = requests.get(url, timeout=5).headers["ETag"]
    again = requests.get(url, headers={"If-None-Match": etag}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    assert "Zoe" not in requests.get(f"{provider.url}/networks/", timeout=5).text
