"""kill -9 of the workers: before the provider is called, during the call, and after it."""

from __future__ import annotations

import os

from foundation.sandbox.enums import FaultKind
from tests.faults.counting import account
from tests.faults.flood import Flood
from tests.faults.product import Hold, Product
from tests.faults.turns import in_turn


def test_killed_workers(product: Product, flood: Flood) -> None:
    product.start()
    in_turn(product, flood, before, during, after)


def before(product: Product, flood: Flood) -> None:
    """Claimed and committed, stopped at the last look by a lock, killed there: nobody was called."""
    product.kill_workers()
    flood.ask_many()
    rows = f"SELECT id FROM textsafe_request WHERE id = ANY(ARRAY{flood.requests}) FOR UPDATE"
    with Hold(os.environ["DATABASE_URL"], rows) as hold:
        product.start_workers()
        flood.wait_for("sending")
        hold.wait_for_waiting("a worker to wait before its call")
        hit = flood.standing_as("sending")
        product.kill_workers()
        assert product.taken_of(flood) == 0
    product.start_workers()
    flood.clear_up()
    account("worker killed before the provider call", flood, product.provider, hit=hit)


def during(product: Product, flood: Flood) -> None:
    """The provider has taken it and is about to say so; nobody hears it."""
    product.provider.break_(FaultKind.RECEIPTS_LOST)
    product.provider.break_(FaultKind.SLOW, times=3, seconds=100)
    product.kill_workers()
    flood.ask_many()
    product.start_workers(patience_seconds=120)
    product.wait_until_taken(flood)
    hit = flood.standing_as("sending")
    product.kill_workers()
    product.provider.mend()
    product.start_workers()
    flood.clear_up()
    account("worker killed during the provider call", flood, product.provider, hit=hit)


def after(product: Product, flood: Flood) -> None:
    """The answer was heard; writing it down is stopped by a lock, and killed there."""
    product.provider.break_(FaultKind.RECEIPTS_LOST)
    product.provider.break_(FaultKind.SLOW, seconds=4)
    product.kill_workers()
    flood.ask_many()
    product.start_workers(patience_seconds=120)
    flood.wait_for("sending")
    rows = "SELECT id FROM messaging_message WHERE status = 'sending' FOR UPDATE"
    with Hold(os.environ["DATABASE_URL"], rows) as hold:
        hit = hold.wait_for_waiting("a worker to wait after its call")
        assert product.taken_of(flood) > 0
        product.kill_workers()
    product.provider.mend()
    product.start_workers()
    flood.clear_up()
    account("worker killed after the provider call", flood, product.provider, hit=hit)
