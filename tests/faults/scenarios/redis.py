"""Redis gone, emptied and restarted in the middle of a flood: the work is rows in Postgres."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis

from foundation.sandbox.enums import FaultKind
from launcher import children
from launcher.valkey import Valkey
from tests import isolation
from tests.faults.counting import account
from tests.faults.flood import Flood
from tests.faults.outlets import Shown
from tests.faults.outlets import account as told
from tests.faults.product import Product
from tests.faults.servers import own_valkey
from tests.faults.turns import in_turn


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    """A Valkey that this scenario may kill."""
    with own_valkey() as server:
        yield server


@pytest.fixture
def redis_url(valkey: Valkey) -> str:
    """The product here stands on that one."""
    return valkey.url()


def test_redis(product: Product, flood: Flood, valkey: Valkey) -> None:
    def stopped(product: Product, flood: Flood) -> None:
        """Half is asked for before, half while it is gone: nobody who asks notices."""
        slowly(product)
        flood.ask_many(4)
        children.kill_group(valkey.pid)
        flood.ask_many(4)
        hit = flood.standing_as("queued", "sending")
        start(valkey)
        flood.clear_up()
        account("Redis stopped", flood, product.provider, hit=hit)

    def flushed(product: Product, flood: Flood) -> None:
        slowly(product)
        flood.ask_many(8)
        hit = flood.standing_as("queued", "sending")
        with Redis.from_url(valkey.url()) as client:
            client.flushall()
        flood.clear_up()
        account("Redis flushed", flood, product.provider, hit=hit)

    def restarted(product: Product, flood: Flood) -> None:
        slowly(product)
        flood.ask_many(8)
        hit = flood.standing_as("queued", "sending")
        valkey.stop()
        start(valkey)
        flood.clear_up()
        account("Redis restarted", flood, product.provider, hit=hit)

    def stopped_when_found(product: Product, flood: Flood) -> None:
        """Nobody is kicked to tell the outlets: the sweep finds that they are owed."""
        shown = Shown.begin(product, flood)
        appeal = shown.publish()
        shown.all_stand("live")
        children.kill_group(valkey.pid)
        shown.find(appeal)
        hit = shown.placements.filter(status="withdrawing").count()
        start(valkey)
        told("Redis stopped when somebody is found", shown, product, hit=hit)

    product.start()
    in_turn(product, flood, stopped, flushed, restarted, stopped_when_found)
    product.check_alive()


def slowly(product: Product) -> None:
    """The provider takes its time, so that the flood is in full flow when the fault comes."""
    product.provider.break_(FaultKind.SLOW, seconds=3)


def start(valkey: Valkey) -> None:
    """Bring it back where it was; this process forgets its broken connections."""
    port = valkey.port
    valkey.start()
    assert valkey.port == port
    isolation.use_redis(valkey.url())
