"""The world with its markers, once for the matrix, and the round of everybody through everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests import isolation, worlds
from tests.processes import Processes
from tests.walls.matrix import walking
from tests.walls.matrix.whole import Matrix


@pytest.fixture(scope="module")
def matrix(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Matrix]:
    """Made once for a module: each test undoes its own part."""
    folder = tmp_path_factory.mktemp("media")
    # Limits are counted in Redis, and no other test's requests are to count among these.
    before = os.environ["REDIS_URL"]
    isolation.use_redis(isolation.next_redis_url(before))
    with worlds.kept(django_db_blocker), override_settings(MEDIA_ROOT=str(folder)):
        yield Matrix.made()
    isolation.use_redis(before)


@pytest.fixture
def any_database(matrix: Matrix) -> Iterator[None]:
    """Everything that a test does in the world is undone at its end."""
    with worlds.undone():
        yield


@pytest.fixture(scope="module")
def walked(matrix: Matrix) -> list[walking.Seen]:
    """What everybody was shown everywhere: one look for each viewer and interface, and every marker in it."""
    sends_only: set[str] = set()
    seen: list[walking.Seen] = []
    with worlds.undone():
        for viewer in matrix.viewers:
            seen += walking.Walk(viewer, sends_only).round(matrix.interfaces)
    return seen


@pytest.fixture
def standing(committing_db: str, redis_url: str, processes: Processes, settings: Any) -> Matrix:
    """The same in a database in which commits are real, as servers see it."""
    settings.MEDIA_ROOT = str(processes.folder / "media")
    processes.env = {**processes.env, "MEDIA_ROOT": settings.MEDIA_ROOT}
    return Matrix.made()
