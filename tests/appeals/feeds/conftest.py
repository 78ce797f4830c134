"""A force whose feed is read, and the server that it stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from appeals.enums import Sharing
from appeals.models import SharingPolicy
from foundation.accounts.models import Organisation
from tests.appeals import making
from tests.appeals.feeds.server import ForceServer


@pytest.fixture
def server() -> Iterator[ForceServer]:
    found = ForceServer()
    yield found
    found.stop()


@pytest.fixture
def policy(met: Organisation, server: ForceServer) -> SharingPolicy:
    making.area()
    return SharingPolicy.objects.create(organisation=met, sharing=Sharing.DRAFT, feed_url=server.url)
