"""A switchboard that a test writes for itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foundation.events import switchboard
from foundation.events.types import Event, Route
from tests.foundation.events import switchboard_of_tests


@pytest.fixture
def route(settings) -> Iterator[dict[type[Event], Route]]:
    """A switchboard of the test's own, as a module that settings name."""
    settings.SWITCHBOARD = switchboard_of_tests.__name__
    switchboard_of_tests.ROUTES.clear()
    switchboard.routes.cache_clear()
    switchboard.subscribers.cache_clear()
    yield switchboard_of_tests.ROUTES
    switchboard.routes.cache_clear()
    switchboard.subscribers.cache_clear()
