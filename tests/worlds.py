"""One world for all tests of a module: made once, in a transaction that each test undoes its part of.

Worth it where what a test begins with takes longer than the test. Override `any_database` in the module, so
that the people of the cast are looked for in it, and mark nothing with `django_db`:

    @pytest.fixture(scope="module")
    def world(django_db_setup, django_db_blocker):
        with worlds.kept(django_db_blocker):
            yield make().pk

    @pytest.fixture
    def any_database(world):
        with worlds.undone():
            yield

Not for tests that commit, use threads or start processes: those take `committing_db`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction


@contextlib.contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """What is made inside is there until the block ends, and then no more."""
    with blocker.unblock(), undone():
        yield


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What is made inside is gone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
