"""A force's feed that cannot be read, or must not be: what is kept and said, and what is never called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from appeals import feeds
from appeals.feeds import taking
from appeals.models import Appeal, FeedEntry, SharingPolicy
from tests.appeals import making
from tests.appeals.feeds import written
from tests.appeals.feeds.server import ForceServer
from tests.appeals.feeds.test_documents import BOMB
from tests.appeals.feeds.test_reading import ITEM, read

pytestmark = pytest.mark.django_db


def test_a_feed_that_is_away_for_a_day_ends_nothing_and_is_read_when_it_is_back(
    policy, server, incident
) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    good = policy.feed_read_at
    server.stop()
    for _ in range(3):
        read(policy)
    assert (policy.feed_problem, policy.feed_read_at, policy.feed_items) == ("no_connection", good, 1)
    since = policy.feed_failed_since
    assert good < since < timezone.now()
    assert policy.feed_next_at - timezone.now() <= timedelta(minutes=5)
    assert FeedEntry.objects.get().gone_at is None
    back = ForceServer(body=server.body)
    SharingPolicy.objects.update(feed_url=back.url)
    read(policy)
    back.stop()
    assert (policy.feed_problem, policy.feed_failed_since) == ("", None)
    assert Appeal.objects.count() == 1


def test_a_redirect_is_not_followed_anywhere(policy, server, incident) -> None:
    inside = ForceServer(body=written.one(incident.reference, ITEM))
    for status in (301, 302, 307, 308):
        server.status, server.headers = status, {"Location": inside.url}
        read(policy)
        assert policy.feed_problem == str(status)
    inside.stop()
    assert inside.asked == []
    assert not Appeal.objects.exists()


def test_an_address_inside_is_never_called_even_if_it_was_stored(policy, server, settings) -> None:
    settings.OUTLET_ALLOWED_HOSTS = []
    for address in (
        server.url,
        server.url.replace("http:", "https:"),
        "https://localhost/",
        "https://[::1]/",
    ):
        SharingPolicy.objects.update(feed_url=address, feed_problem="")
        read(policy)
        assert policy.feed_problem == "not_allowed"
    assert server.asked == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b" " * 10_000_000, "too_large"),
        (written.atom(*["<entry/>"] * 300_000), "too_large"),
        (BOMB, "forbidden"),
        (b"<!doctype html><title>Maintenance</title>", "not_a_feed"),
        (b"", "not_a_feed"),
    ],
)
def test_what_is_too_large_or_no_feed_is_refused_whole(policy, server, body, code) -> None:
    server.body = body
    read(policy)
    assert (policy.feed_problem, policy.feed_read_at) == (code, None)
    assert policy.feed_failed_since is not None


def test_a_feed_of_nearly_two_megabytes_is_read(policy, server, incident) -> None:
    server.body = written.atom(
        written.entry(ITEM, written.part(incident.reference)), f"<!--{'x' * 1_900_000}-->"
    )
    read(policy)
    assert (policy.feed_problem, policy.feed_items) == ("", 1)


def test_a_slow_feed_is_given_up_and_keeps_no_other_from_being_read(
    policy, server, kent, incident, settings
) -> None:
    settings.OUTLET_TIMEOUT = 0.5
    slow = ForceServer(body=written.atom(), seconds=3)
    SharingPolicy.objects.create(organisation=kent, sharing="draft", feed_url=slow.url)
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    slow.stop()
    assert Appeal.objects.count() == 1
    assert SharingPolicy.objects.get(organisation=kent).feed_problem == "no_answer"


def test_a_server_that_asks_for_time_gets_it(policy, server) -> None:
    server.status, server.headers = 503, {"Retry-After": "1800"}
    read(policy)
    assert policy.feed_problem == "503"
    assert policy.feed_next_at - timezone.now() > timedelta(minutes=29)


def test_headers_that_cannot_be_sent_back_are_not_kept(policy, server, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    for etag in ('"\xe9"', '"' + "x" * 400 + '"'):
        server.headers = {"ETag": etag}
        read(policy)
        assert (policy.feed_etag, policy.feed_problem) == ("", "")


def test_logs_name_no_address_and_nobody(policy, server, incident, caplog) -> None:
    server.body = written.one(incident.reference, ITEM, first_name="Zebedee")
    read(policy)
    server.status = 500
    read(policy)
    assert "feed_read" in caplog.text
    for secret in ("Zebedee", "Moor", server.url, ITEM, incident.reference):
        assert secret not in caplog.text


def test_more_feeds_than_are_held_at_once_are_all_read(policy, server, monkeypatch, kent) -> None:
    server.body = written.atom()
    SharingPolicy.objects.create(organisation=kent, sharing="draft", feed_url=server.url)
    monkeypatch.setattr(feeds.reading, "AT_ONCE", 1)
    assert feeds.read_feeds() == 2
    assert len(server.asked) == 2


def test_what_goes_wrong_in_us_with_one_feed_keeps_no_other_from_being_read(
    policy, server, kent, kent_officer, kent_supervisor, incident, monkeypatch
) -> None:
    theirs = making.open_incident(kent_officer.actor, kent_supervisor.actor)
    other = ForceServer(body=written.one(theirs.reference, "2"))
    SharingPolicy.objects.create(organisation=kent, sharing="draft", feed_url=other.url)
    server.body = written.one(incident.reference, "1")
    take_one = taking._take_one

    def broken(claim, reference, said):
        if reference == "1":
            raise RuntimeError(said)
        take_one(claim, reference, said)

    monkeypatch.setattr(taking, "_take_one", broken)
    read(policy)
    other.stop()
    assert policy.feed_problem == "broken"
    assert Appeal.objects.get().incident_id == theirs.pk
