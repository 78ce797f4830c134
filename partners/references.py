"""Public references of partners and referrals. Random, so that they count nothing."""

from __future__ import annotations

from foundation.references import new_reference


def profile_reference() -> str:
    """Of a partner in the directory."""
    return new_reference("PA")


def referral_reference() -> str:
    """Of a referral; what partner and sender say on the telephone."""
    return new_reference("PR")
