"""Every verb of links. `from missingcases.links import services as links`."""

from missingcases.links.services.linking import (
    accept_link,
    ask_link,
    decline_link,
    end_for_closed_to_others,
    end_link,
    withdraw_link,
)
from missingcases.links.services.notices import GUARD, still_concerns, tell_answered, tell_asked

__all__ = [
    "GUARD",
    "accept_link",
    "ask_link",
    "decline_link",
    "end_for_closed_to_others",
    "end_link",
    "still_concerns",
    "tell_answered",
    "tell_asked",
    "withdraw_link",
]
