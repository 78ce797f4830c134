"""Outlets: away, busy, gone in the middle of an answer, lying; a worker killed while they are told."""

from __future__ import annotations

from foundation.sandbox.enums import FaultKind
from tests.faults.flood import Flood
from tests.faults.outlets import Shown, account
from tests.faults.product import Product
from tests.faults.turns import Scenario, in_turn
from tests.processes import wait_until


def test_the_outlets(product: Product, flood: Flood) -> None:
    product.start()
    in_turn(
        product,
        flood,
        while_told("outlets away while they are told (500)", FaultKind.FAULT, times=6),
        while_told("outlets busy while they are told (429)", FaultKind.BUSY, times=6),
        while_told("outlets say that it is gone and show it", FaultKind.POST_STAYS, times=3),
        while_published("outlets cut after accepting an appeal", FaultKind.CUT_AFTER),
        while_published("outlets fail after accepting an appeal (500)", FaultKind.FAULT_AFTER),
        killed,
    )


def while_told(fault: str, kind: FaultKind, *, times: int) -> Scenario:
    """Live on every outlet; the fault comes with the finding."""

    def scenario(product: Product, flood: Flood) -> None:
        shown = Shown.begin(product, flood)
        appeal = shown.publish()
        shown.all_stand("live")
        product.provider.break_(kind, times=times)
        shown.find(appeal)
        wait_until(lambda: struck(shown) > 0, "the fault to strike", seconds=60)
        hit = struck(shown)
        account(fault, shown, product, hit=hit)

    scenario.__name__ = fault
    return scenario


def struck(shown: Shown) -> int:
    """Lines of the ledger that tell of it."""
    lines = [line.what for row in shown.placements for line in row.ledger.all()]
    return sum(what in {"not_told", "still_shown"} for what in lines)


def while_published(fault: str, kind: FaultKind) -> Scenario:
    """Taken, and nobody heard that it was: it is looked for, and never posted twice."""

    def scenario(product: Product, flood: Flood) -> None:
        shown = Shown.begin(product, flood)
        product.provider.break_(kind, times=3)
        appeal = shown.publish()
        wait_until(
            lambda: shown.placements.filter(status="unknown").exists(), "one to be unknown", seconds=60
        )
        hit = shown.standing()["unknown"]
        shown.all_stand("live")
        shown.find(appeal)
        account(fault, shown, product, hit=hit)

    scenario.__name__ = fault
    return scenario


def killed(product: Product, flood: Flood) -> None:
    """Claimed, called, and killed before the answer: whoever comes after the lease tells them again."""
    shown = Shown.begin(product, flood)
    appeal = shown.publish()
    shown.all_stand("live")
    product.provider.break_(FaultKind.SLOW, seconds=30, times=3)
    shown.find(appeal)
    claimed = shown.placements.filter(status="withdrawing", claimed_at__isnull=False, tries__gt=0)
    wait_until(claimed.exists, "outlets to be claimed", seconds=60)
    hit = claimed.count()
    product.kill_workers()
    product.provider.mend()
    product.start_workers()
    account("worker killed while outlets are told", shown, product, hit=hit)
