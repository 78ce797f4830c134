"""An embargo: media partners have the appeal before, everybody else from its end on and no sooner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals import delivery, services, tasks
from appeals.channels import bluesky
from appeals.enums import HEARS_BEFORE, AppealStatus, Channel, PlacementStatus
from appeals.models import Appeal, Placement
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from missingcases.models import Incident
from tests.appeals import outlets
from tests.appeals.readers.conftest import reader
from tests.missingcases.making import located

pytestmark = pytest.mark.django_db
P = PlacementStatus
EVERYBODY = (Channel.WEBSITE, Channel.POSTER, Channel.MASTODON, Channel.BLUESKY, Channel.BILLBOARD)


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


@pytest.fixture
def held(desk, ready, provider: Control) -> Appeal:
    """Published on every channel, under an embargo of three hours."""
    outlets.mastodon(provider)
    outlets.bluesky(provider)
    outlets.media()
    outlets.partner(provider)
    reader(Channel.MEDIA_FEED, "feed")
    reader(Channel.BILLBOARD, "board")
    return outlets.publish(desk, ready, embargo_until=timezone.now() + timedelta(hours=3))


def ends(appeal: Appeal) -> None:
    """Its embargo is over, by every clock that was set by it, and by that of a transaction begun before."""
    rows, past = Placement.objects.filter(appeal=appeal), timezone.now() - timedelta(minutes=5)
    rows.filter(next_at=rows.first().embargo_until).update(next_at=past)
    rows.update(embargo_until=past)


def page(appeal: Appeal) -> int:
    return Client().get(f"/appeals/{appeal.token}/").status_code


def test_media_partners_have_it_before_and_nobody_else(held, provider) -> None:
    until = held.placements.first().embargo_until
    delivery.send_appeal(held.pk)
    tasks.send_due()
    for channel in EVERYBODY:
        row = outlets.of(held, channel)
        assert (row.status, row.next_at, row.live_at, row.waits_until) == (P.PLANNED, until, None, until)
    assert outlets.of(held, Channel.MEDIA_FEED).status == P.LIVE
    assert outlets.of(held, Channel.WEBHOOK).status == P.LIVE
    assert outlets.of(held, Channel.MEDIA_EMAIL).status == P.SENDING  # in the post
    assert [post["network"] for post in provider.posts()] == ["partner"]


@pytest.mark.urls("config.public_urls")
def test_the_public_finds_no_page_before_and_it_was_never_gone(held) -> None:
    assert page(held) == 404
    assert b"Robin" not in Client().get("/appeals/").content
    ends(held)
    assert page(held) == 404  # by the worker's clock, never before it
    tasks.send_due()
    assert page(held) == 200
    assert b"Robin" in Client().get("/appeals/").content


def test_everybody_has_it_when_it_ends(held, provider) -> None:
    ends(held)
    tasks.send_due()
    assert {outlets.of(held, channel).status for channel in EVERYBODY} == {P.LIVE}
    assert {outlets.of(held, channel).waits_until for channel in EVERYBODY} == {None}
    assert sorted(post["network"] for post in provider.posts()) == ["bluesky", "mastodon", "partner"]
    tasks.send_due()
    assert len(provider.posts()) == 3


def test_no_clock_of_ours_can_be_faster_than_the_embargo(held, provider) -> None:
    Placement.objects.update(next_at=timezone.now())
    delivery.send_appeal(held.pk)
    tasks.send_due()
    assert {outlets.of(held, channel).status for channel in EVERYBODY} == {P.PLANNED}
    assert [post["network"] for post in provider.posts()] == ["partner"]


def test_a_network_that_was_down_when_it_ended_is_tried_again(held, provider) -> None:
    ends(held)
    provider.break_(FaultKind.BUSY, to="mastodon")
    tasks.send_due()
    assert outlets.of(held, Channel.MASTODON).status == P.FAILED
    provider.mend()
    outlets.make_due(held)
    tasks.send_due()
    assert outlets.of(held, Channel.MASTODON).status == P.LIVE


def test_who_is_found_before_it_ends_was_never_shown_to_everybody(desk, held, provider) -> None:
    located(desk.officer, held.incident)
    ends(held)
    tasks.send_due()
    assert {outlets.of(held, channel).status for channel in EVERYBODY} == {P.DROPPED}
    assert [post["network"] for post in provider.posts()] == []


def test_a_stop_without_its_subscriber_keeps_it_from_being_shown(held, provider) -> None:
    Incident.objects.filter(pk=held.incident_id).update(status="located", located_at=timezone.now())
    ends(held)
    tasks.send_due()
    assert {outlets.of(held, channel).status for channel in EVERYBODY} == {P.PLANNED}


def test_a_pause_does_not_lift_it(desk, held, provider) -> None:
    services.pause(actor=desk.publicity, appeal_id=held.pk, reason="For an hour.")
    services.resume(actor=desk.publicity, appeal_id=held.pk)
    row = Placement.objects.filter(appeal=held, outlet__channel=Channel.MASTODON).latest("pk")
    assert (row.status, row.waits_until is None) == (P.PLANNED, False)
    tasks.send_due()
    assert "mastodon" not in {post["network"] for post in provider.posts()}


def test_one_that_is_scheduled_waits_for_both_clocks(desk, ready, provider) -> None:
    outlets.mastodon(provider)
    soon = timezone.now() + timedelta(hours=1)
    outlets.publish(desk, ready, publish_at=soon, embargo_until=soon + timedelta(hours=1))
    Appeal.objects.filter(pk=ready.pk).update(publish_at=timezone.now())
    services.publish_due(now=timezone.now())
    ready.refresh_from_db()
    tasks.send_due()
    assert ready.status == AppealStatus.LIVE
    assert outlets.of(ready, Channel.MASTODON).status == P.PLANNED
    ends(ready)
    tasks.send_due()
    assert outlets.of(ready, Channel.MASTODON).status == P.LIVE


def test_pages_say_until_when_an_outlet_waits(held, met_officer, publicity_officer) -> None:
    for member in (met_officer, publicity_officer):
        client = member.sign_in(Client())
        for name in ("show", "ledger"):
            html = client.get(reverse(f"appeals:{name}", args=[held.reference])).content.decode()
            assert html.count("waits until") == len(EVERYBODY), name


@pytest.mark.urls("config.public_urls")
def test_feeds_say_it_until_it_ends_and_then_no_more(desk, ready) -> None:
    feed = reader(Channel.MEDIA_FEED, "feed")
    live = outlets.publish(desk, ready, embargo_until=timezone.now() + timedelta(hours=3))
    before = {ending: feed.feed(ending) for ending in ("atom", "json")}
    assert before["json"].json()["items"][0]["title"].startswith("EMBARGO until")
    assert b"EMBARGO" in before["atom"].content
    ends(live)
    for ending, old in before.items():
        after = feed.feed(ending, **{"If-None-Match": old["ETag"]})
        assert after.status_code == 200, ending
        assert b"mbargo until" not in after.content.lower()
        assert b"Not to be published" not in after.content
        assert feed.feed(ending, **{"If-None-Match": after["ETag"]}).status_code == 304


def test_every_channel_that_is_not_for_media_waits() -> None:
    assert set(EVERYBODY) == set(Channel) - HEARS_BEFORE
