"""The thread that plays digital signage: reads each player's playlist, keeps its pictures, checks in."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

import requests
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import QuerySet
from django.utils import timezone

from foundation.sandbox.models import SignageItem, SignagePlayer

log = logging.getLogger(__name__)
_TIMEOUT = 5


class Screens(threading.Thread):
    """Round after round, for every player that is on."""

    def __init__(self, *, every_seconds: float = 3) -> None:
        super().__init__(name="sandbox-screens", daemon=True)
        self._every = every_seconds
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish the round in hand and end."""
        self._stopping.set()
        self.join(timeout=4 * _TIMEOUT)

    def run(self) -> None:
        """Until `stop`; a database that is away is waited for."""
        while not self._stopping.wait(self._every):
            try:
                for player in SignagePlayer.objects.filter(is_on=True):
                    play(player)
            except DatabaseError as error:
                log.warning("sandbox: the database is away (%s)", type(error).__name__)
                close_old_connections()
        connection.close()


def on_screen(player: SignagePlayer) -> QuerySet[SignageItem]:
    """What passers-by see. Without a fresh playlist nothing; a stubborn player goes on all the same."""
    is_fresh = player.good_until is not None and player.good_until > timezone.now()
    items = player.items.filter(dropped_at=None).order_by("pk")
    return items if player.is_on and (is_fresh or player.keeps_showing) else items.none()


def play(player: SignagePlayer) -> None:
    """One round of one player. What went wrong is noted for its page."""
    bearer = {"Authorization": f"Bearer {player.token}"}
    try:
        answer = requests.get(player.playlist_url, headers=bearer, timeout=_TIMEOUT)
        answer.raise_for_status()
        told = answer.json()
        _take(player, told)
        player.read_at = timezone.now()
        player.good_until = player.read_at + timedelta(seconds=told["good_for_seconds"])
        showing = list(on_screen(player).values_list("reference", flat=True))
        dropped = [one for one in told["drop"] if one not in showing]
        said = {"showing": showing, "dropped": dropped, "at": player.read_at.isoformat()}
        requests.post(player.check_in_url, json=said, headers=bearer, timeout=_TIMEOUT).raise_for_status()
        player.problem = ""
    except requests.HTTPError as error:
        code = error.response.status_code if error.response is not None else 0
        player.problem = f"It was answered {code}."
    except (requests.RequestException, KeyError, TypeError, ValueError):
        player.problem = "Nobody answered, or nothing that it can read."
    player.save(update_fields=["read_at", "good_until", "problem"])


def _take(player: SignagePlayer, told: dict[str, Any]) -> None:
    """Drop what is no longer on the playlist, and fetch what is new on it."""
    wanted = {item["reference"]: item["creatives"][0] for item in told["items"]}
    if not player.keeps_showing:
        gone = player.items.filter(dropped_at=None).exclude(reference__in=wanted)
        gone.update(dropped_at=timezone.now(), data=b"")
    known = dict(player.items.filter(dropped_at=None).values_list("reference", "checksum"))
    for reference, creative in wanted.items():
        if known.get(reference) == creative["sha256"]:
            continue
        fetched = requests.get(creative["url"], timeout=_TIMEOUT)
        fetched.raise_for_status()
        player.items.update_or_create(
            reference=reference,
            defaults={
                "checksum": creative["sha256"],
                "content_type": creative["content_type"],
                "data": fetched.content,
                "dropped_at": None,
            },
        )
