"""The playlist of billboard players."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from appeals import services
from appeals.enums import Channel
from appeals.models import Placement, Rendition
from missingcases.models import Incident
from tests.appeals.public.photos import live_with_photo
from tests.appeals.readers.conftest import reader
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]


@pytest.fixture
def pictured(settings, tmp_path, desk, incident, board, desk_feed):
    """Live with everything made of it."""
    settings.MEDIA_ROOT = str(tmp_path)
    return live_with_photo(desk, incident)


def test_a_player_gets_what_it_shows_in_its_formats(pictured, board) -> None:
    answer = board.playlist()
    (item,) = answer.json()["items"]
    assert item["reference"] == board.placement(pictured).reference
    assert [one["format"] for one in item["creatives"]] == ["1920x1080", "1080x1920"]
    assert {"name": "Camden", "code": "E09000007"} in item["areas"]
    assert item["from"] < item["until"]
    assert "Robin" not in answer.content.decode()
    for one in item["creatives"]:
        picture = Client().get("/" + one["url"].split("/", 3)[3])
        content = b"".join(picture.streaming_content)
        assert (len(content), sha256(content).hexdigest()) == (one["size_in_bytes"], one["sha256"])


def test_a_feed_leads_to_the_picture(pictured, desk_feed) -> None:
    (item,) = desk_feed.feed("json").json()["items"]
    assert item["attachments"][0]["title"] == "Robin, smiling, by the sea"
    assert Client().get("/" + item["image"].split("/", 3)[3]).status_code == 200
    assert f'href="{item["image"]}"'.encode() in desk_feed.feed().content


def test_a_picture_made_later_is_news_to_a_feed(pictured, desk_feed) -> None:
    rows = Rendition.objects.filter(kind="size960")
    kept = list(rows)
    rows.delete()
    tag = desk_feed.feed()["ETag"]
    assert b"enclosure" not in desk_feed.feed().content
    Rendition.objects.bulk_create(kept)
    assert b"enclosure" in desk_feed.feed(**{"If-None-Match": tag}).content


def test_nothing_is_played_before_its_embargo_or_its_pictures(pictured, board) -> None:
    Placement.objects.update(embargo_until=timezone.now() + timedelta(minutes=5))
    assert board.playlist().json()["items"] == []
    Placement.objects.update(embargo_until=timezone.now() - timedelta(minutes=5))
    assert len(board.playlist().json()["items"]) == 1
    Rendition.objects.filter(kind__in=["landscape", "portrait"]).delete()
    assert board.playlist().json()["items"] == []


def test_one_player_sees_nothing_of_another(desk, ready, board) -> None:
    other = reader(Channel.BILLBOARD, "other board")
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, outlet_ids=[board.outlet.pk])
    located(desk.officer, ready.incident)
    assert board.playlist().json()["drop"] == [board.placement(ready).reference]
    assert other.playlist().json()["drop"] == []


def test_unchanged_and_gone(pictured, board) -> None:
    known = {"If-None-Match": board.playlist()["ETag"]}
    assert board.playlist(**known).status_code == 304
    Incident.objects.update(starts_held=True)
    answer = board.playlist(**known)
    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert answer.json()["drop"] == [board.placement(pictured).reference]


def test_a_player_needs_its_token(pictured, board) -> None:
    assert Client().get("/players/playlist").status_code == 401
    board.outlet.token_hash = "of another one"
    board.outlet.save()
    answer = board.playlist()
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
