"""The public site of appeals, running, with one appeal on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from appeals.models import Appeal
from tests import worlds
from tests.appeals import making
from tests.appeals.conftest import desk_of_the_cast
from tests.appeals.public.photos import live_with_photo


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[int, Path]]:
    """One appeal for all tests of a module, with its pictures (tests/worlds.py)."""
    media = tmp_path_factory.mktemp("media")
    with worlds.kept(django_db_blocker):
        with override_settings(MEDIA_ROOT=str(media)):
            desk = desk_of_the_cast()
            incident = making.open_incident(desk.officer, desk.supervisor)
            appeal = live_with_photo(desk, incident, alt_text_cy="Robin yn gwenu ar lan y môr")
        yield appeal.pk, media


@pytest.fixture
def shown(settings, tmp_path, committing_db, redis_url, desk, incident) -> Appeal:
    """An appeal that is live, with everything made of it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    appeal = live_with_photo(desk, incident)
    appeal.refresh_from_db()
    return appeal


@pytest.fixture
def address(shown: Appeal) -> str:
    """Of its page."""
    return f"/appeals/{shown.token}/"


@pytest.fixture
def site(settings, shown, processes, public_database_url) -> str:
    """It shares the folder of files, and its role reads what is granted."""
    processes.env = {"MEDIA_ROOT": settings.MEDIA_ROOT, "TRUSTED_PROXIES": "1"}
    return processes.web("public", "config.public_urls", DATABASE_URL=public_database_url)
