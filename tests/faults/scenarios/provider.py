"""The provider: slow, too busy, broken, gone in the middle of an answer."""

from __future__ import annotations

from foundation.messaging.models import Attempt
from foundation.sandbox.enums import FaultKind
from tests.faults.counting import account
from tests.faults.flood import Flood
from tests.faults.product import PATIENCE_SECONDS, Product
from tests.faults.turns import Scenario, in_turn

TIMES = 3
# What the log of a message calls such an answer.
UNKNOWN, NOT_ACCEPTED = "unknown", "not_accepted"


def test_the_provider(product: Product, flood: Flood) -> None:
    product.start()
    in_turn(
        product,
        flood,
        under("provider slow", FaultKind.SLOW, UNKNOWN, seconds=PATIENCE_SECONDS + 2),
        under("provider busy (429)", FaultKind.BUSY, NOT_ACCEPTED),
        under("provider fault (500)", FaultKind.FAULT, UNKNOWN),
        under("provider fault after accepting (500)", FaultKind.FAULT_AFTER, UNKNOWN),
        under("connection cut before accepting", FaultKind.CUT_BEFORE, UNKNOWN),
        under("connection cut after accepting", FaultKind.CUT_AFTER, UNKNOWN),
    )


def under(fault: str, kind: FaultKind, noted: str, *, seconds: float = 0) -> Scenario:
    """A flood while the provider answers so, some times. Receipts do not help to clear it up."""

    def scenario(product: Product, flood: Flood) -> None:
        product.provider.break_(FaultKind.RECEIPTS_LOST)
        product.provider.break_(kind, times=TIMES, seconds=seconds)
        flood.ask_many()
        flood.clear_up()
        hit = Attempt.objects.filter(message__in=flood.messages, outcome=noted).count()
        account(fault, flood, product.provider, hit=hit)

    scenario.__name__ = fault
    return scenario
