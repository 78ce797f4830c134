"""The stand-in player against the public site as it runs: it shows, drops, keeps on, and goes dark."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from appeals import delivery
from foundation.sandbox.models import SignagePlayer
from foundation.sandbox.screens import on_screen, play
from tests.missingcases.making import located

pytestmark = [pytest.mark.slow, pytest.mark.urls("config.sandbox_urls")]


@pytest.fixture
def player(outlets, site, settings) -> SignagePlayer:
    """Set up by its page, as somebody who tries the product does it."""
    board = outlets[1]
    given = {"playlist_url": f"{site}/players/playlist", "check_in_url": f"{site}/players/check-in"}
    assert Client().post("/players/", given | {"token": board.token}).status_code == 302
    return SignagePlayer.objects.get()


def test_a_picture_appears_and_vanishes(desk, incident, pictured, outlets, player) -> None:
    board, client = outlets[1], Client()
    play(player)
    assert player.problem == ""
    page = client.get("/players/").content.decode()
    reference = board.placement(pictured).reference
    assert reference in page
    item = on_screen(player).get()
    picture = client.get(f"/players/pictures/{item.pk}")
    assert picture.content.startswith(b"\x89PNG")
    located(desk.officer, incident)
    play(player)
    delivery.read_reports()
    assert not on_screen(player).exists()
    assert client.get(f"/players/pictures/{item.pk}").status_code == 404
    assert "The screen is empty" in client.get("/players/live").content.decode()
    assert board.placement(pictured).status == "confirmed"


def test_one_that_keeps_showing_is_found_out(desk, incident, pictured, outlets, player, monkeypatch) -> None:
    monkeypatch.setattr("appeals.deadlines.STILL_SHOWN_AFTER", timedelta(0))
    play(player)
    Client().post(f"/players/{player.pk}/stubborn")
    player.refresh_from_db()
    located(desk.officer, incident)
    play(player)
    delivery.read_reports()
    placement = outlets[1].placement(pictured)
    assert on_screen(player).exists()
    assert (placement.status, placement.still_shown_at is not None) == ("told", True)


def test_one_without_a_fresh_playlist_goes_dark(pictured, outlets, player) -> None:
    play(player)
    SignagePlayer.objects.update(good_until=timezone.now() - timedelta(seconds=1))
    player.refresh_from_db()
    assert not on_screen(player).exists()
    Client().post(f"/players/{player.pk}/power")
    player.refresh_from_db()
    assert not player.is_on
    assert Client().post(f"/players/{player.pk}/other").status_code == 404


def test_what_goes_wrong_is_said(pictured, outlets, player) -> None:
    player.token = "ended"
    play(player)
    assert player.problem == "It was answered 401."
    player.playlist_url = "http://127.0.0.1:9/players/playlist"
    play(player)
    assert player.problem == "Nobody answered, or nothing that it can read."
