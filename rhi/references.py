"""Public references of Return Home Interviews. Random, so that they count nothing."""

from __future__ import annotations

from foundation.references import new_reference


def referral_reference() -> str:
    """Of a referral; said on the telephone between force, authority and provider."""
    return new_reference("RH")


def visit_reference() -> str:
    """Of a visit; what a call for it names."""
    return new_reference("RV")
