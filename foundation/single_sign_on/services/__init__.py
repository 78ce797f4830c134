"""The only writers of how organisations sign in."""

from foundation.single_sign_on.services.checking import Finding, check_settings
from foundation.single_sign_on.services.coming_in import Arrival, come_in, tie
from foundation.single_sign_on.services.passwords import note_break_glass, save_passwords
from foundation.single_sign_on.services.settings import (
    Connection,
    Rules,
    save_connection,
    save_rules,
    switch,
    untie,
)

__all__ = [
    "Arrival",
    "Connection",
    "Finding",
    "Rules",
    "check_settings",
    "come_in",
    "note_break_glass",
    "save_connection",
    "save_passwords",
    "save_rules",
    "switch",
    "tie",
    "untie",
]
