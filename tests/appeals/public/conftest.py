"""The public site of appeals, running, with one appeal on it."""

from __future__ import annotations

import pytest

from appeals.models import Appeal
from tests.appeals.public.photos import live_with_photo


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
