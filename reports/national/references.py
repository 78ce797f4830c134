"""Public references of submitted returns. Random, so that they count nothing."""

from __future__ import annotations

from foundation.references import new_reference


def return_reference() -> str:
    """Of a return that was sent."""
    return new_reference("NR")
