"""Every verb of blind matching: the only writers."""

from partners.blind.services.asking import ask, compare, refusals_noted
from partners.blind.services.deciding import (
    confirm_here,
    confirm_there,
    reject,
    take_back,
    withdraw_for_closed,
    withdraw_stale,
)
from partners.blind.services.pairing import end_pairing, renew_key, show_key, start_pairing

__all__ = [
    "ask",
    "compare",
    "confirm_here",
    "confirm_there",
    "end_pairing",
    "refusals_noted",
    "reject",
    "renew_key",
    "show_key",
    "start_pairing",
    "take_back",
    "withdraw_for_closed",
    "withdraw_stale",
]
