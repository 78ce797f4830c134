"""Outlets that read from us, and an appeal on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from appeals import services
from appeals.enums import Channel
from appeals.models import Appeal, Outlet, Placement
from appeals.public.outlets.tokens import hash_of
from launcher import ports
from tests.appeals import making
from tests.appeals.public.photos import live_with_photo


@dataclass(frozen=True)
class Reader:
    """An outlet with its token."""

    outlet: Outlet
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def feed(self, ending: str = "atom", query: str = "", **headers: str) -> Any:
        """Its feed, by the address that opens it."""
        return Client().get(f"/outlets/feed/{self.token}.{ending}{query}", headers=headers)

    def playlist(self, **headers: str) -> Any:
        """Its playlist."""
        return Client().get("/players/playlist", headers=self.bearer | headers)

    def check_in(self, body: Any) -> Any:
        """What it says of itself."""
        return Client().post("/players/check-in", body, content_type="application/json", headers=self.bearer)

    def placement(self, appeal: Appeal) -> Placement:
        """The newest of an appeal on it."""
        return Placement.objects.filter(outlet=self.outlet, appeal=appeal).latest("pk")


def reader(channel: str, name: str, **given: Any) -> Reader:
    """An outlet that has a token."""
    token = f"{name}-{'k' * 40}"
    return Reader(making.outlet(channel, name, token_hash=hash_of(token), **given), token)


@pytest.fixture
def desk_feed(db) -> Reader:
    return reader(Channel.MEDIA_FEED, "feed")


@pytest.fixture
def board(db) -> Reader:
    return reader(Channel.BILLBOARD, "board", formats=["1920x1080", "1080x1920"])


@pytest.fixture
def shown(desk, ready, desk_feed, board) -> Appeal:
    """Live on a feed, on billboards and on our website."""
    return services.publish_appeal(actor=desk.second, appeal_id=ready.pk)


@pytest.fixture
def outlets(committing_db, redis_url) -> tuple[Reader, Reader]:
    """A newsroom and a player."""
    return reader("media_feed", "feed"), reader("billboard", "board")


@pytest.fixture
def pictured(settings, tmp_path, outlets, desk, incident) -> Appeal:
    """On both, with everything made of it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return live_with_photo(desk, incident)


@pytest.fixture
def site(settings, pictured, processes, public_database_url) -> str:
    """The public site as it runs, under its role."""
    port = ports.pick()
    here = f"http://127.0.0.1:{port}"
    processes.env = {"MEDIA_ROOT": settings.MEDIA_ROOT, "PUBLIC_BASE_URL": here}
    return processes.web("public", "config.public_urls", port=port, DATABASE_URL=public_database_url)
