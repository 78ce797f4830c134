"""Several faults on one running product, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.flood import Flood
from tests.faults.product import Product

Scenario = Callable[[Product, Flood], None]


def in_turn(product: Product, flood: Flood, *scenarios: Scenario) -> None:
    """Run each with a flood of its own, also after one that failed; fail with all that did."""
    failed: list[str] = []
    for scenario in scenarios:
        try:
            scenario(product, flood.another())
        except AssertionError as problem:
            failed.append(f"{scenario.__name__}: {problem}")
        product.provider.mend()
    assert not failed, "\n".join(failed)
