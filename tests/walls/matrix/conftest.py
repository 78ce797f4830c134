"""The world with its markers, once for the matrix, and the round of everybody through everything."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests import isolation, worlds
from tests.processes import Processes
from tests.walls.matrix import walking
from tests.walls.matrix.whole import Matrix

SEED = 1129


@pytest.fixture(scope="package")
def matrix(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Matrix]:
    """Made once for all its tests: each undoes its own part."""
    folder = tmp_path_factory.mktemp("media")
    with (
        counted_apart(),
        worlds.kept(django_db_blocker),
        override_settings(MEDIA_ROOT=str(folder)),
    ):
        yield Matrix.made()


@contextlib.contextmanager
def counted_apart() -> Iterator[None]:
    """Limits are counted in Redis, and no other test's requests are to count among these."""
    before = os.environ["REDIS_URL"]
    isolation.use_redis(isolation.next_redis_url(before))
    yield
    isolation.use_redis(before)


@pytest.fixture(scope="module", autouse=True)
def _counted_apart(matrix: Matrix) -> Iterator[None]:
    with counted_apart():
        yield


@pytest.fixture
def any_database(matrix: Matrix) -> Iterator[None]:
    """Everything that a test does in the world is undone at its end."""
    with worlds.undone():
        yield


@pytest.fixture(scope="module")
def walked(matrix: Matrix) -> list[walking.Seen]:
    """What a fixed sample of them was shown everywhere, and every marker in it."""
    with worlds.undone():
        return list(walking.sampled(matrix.viewers, matrix.interfaces, seed=SEED))


@pytest.fixture
def standing(committing_db: str, redis_url: str, processes: Processes, settings: Any) -> Matrix:
    """The same in a database in which commits are real, as servers see it."""
    settings.MEDIA_ROOT = str(processes.folder / "media")
    processes.env = {**processes.env, "MEDIA_ROOT": settings.MEDIA_ROOT}
    return Matrix.made()
