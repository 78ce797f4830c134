"""Postgres restarted, and crashed, in the middle of a flood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from foundation.sandbox.enums import FaultKind
from launcher import children
from launcher.postgres import Postgres
from tests.faults.counting import account
from tests.faults.flood import Flood
from tests.faults.product import Product
from tests.faults.servers import own_postgres, standing_on
from tests.faults.turns import in_turn


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A Postgres that this scenario may kill; it flushes to disk, as a server's does."""
    with own_postgres() as server:
        yield server


@pytest.fixture
def committing_db(postgres: Postgres, django_db_blocker: Any) -> Iterator[str]:
    """The product here stands on that one."""
    with django_db_blocker.unblock(), standing_on(postgres.url()):
        yield postgres.url()


def test_postgres(product: Product, flood: Flood, postgres: Postgres) -> None:
    def restarted(product: Product, flood: Flood) -> None:
        hit = in_full_flow(product, flood)
        postgres.stop()
        start(postgres)
        flood.clear_up()
        account("Postgres restarted", flood, product.provider, hit=hit)

    def crashed(product: Product, flood: Flood) -> None:
        hit = in_full_flow(product, flood)
        children.kill_group(postgres.pid)
        start(postgres)
        flood.clear_up()
        account("Postgres crashed", flood, product.provider, hit=hit)

    product.start()
    in_turn(product, flood, restarted, crashed)
    product.check_alive()


def in_full_flow(product: Product, flood: Flood) -> int:
    """Asked for, some taken and some not; returns how many are still on their way."""
    product.provider.break_(FaultKind.SLOW, seconds=3)
    flood.ask_many(8)
    product.wait_until_taken(flood)
    return flood.standing_as("queued", "sending")


def start(postgres: Postgres) -> None:
    """Bring it back where it was; this process lets its dead connection go."""
    port = postgres.port
    connection.close()
    postgres.start()
    assert postgres.port == port
