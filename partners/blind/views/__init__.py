"""Pages of blind matching, for a force and for a partner."""

from partners.blind.views.candidates import candidate, confirm, reject, take_back
from partners.blind.views.pairings import ask, end, key, new_key, pairing, pairings, start, tool

__all__ = [
    "ask",
    "candidate",
    "confirm",
    "end",
    "key",
    "new_key",
    "pairing",
    "pairings",
    "reject",
    "start",
    "take_back",
    "tool",
]
