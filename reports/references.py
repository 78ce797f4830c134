"""Public references of frozen reports. Random, so that they count nothing."""

from __future__ import annotations

from foundation.references import new_reference


def snapshot_reference() -> str:
    """Of a frozen report; stands beside a figure that was published from it."""
    return new_reference("FR")
