"""Every verb of blind matching: the only writers."""

from partners.blind.services.asking import ask
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
    "confirm_here",
    "confirm_there",
    "end_pairing",
    "reject",
    "renew_key",
    "show_key",
    "start_pairing",
    "take_back",
    "withdraw_for_closed",
    "withdraw_stale",
]
