"""Invitations for those who asked, words for managers, and figures."""

from missingcases.voice.selectors.answers import SHOWN_WORDS, words_visible_to
from missingcases.voice.selectors.invitations import (
    ASKED_ALREADY,
    GONE,
    OVER,
    against_asking,
    forces,
    incident_of,
    invitation_named,
    is_mourning,
    live_for,
    may_text_now,
    visible_to,
    waiting_for,
)

__all__ = [
    "ASKED_ALREADY",
    "GONE",
    "OVER",
    "SHOWN_WORDS",
    "against_asking",
    "forces",
    "incident_of",
    "invitation_named",
    "is_mourning",
    "live_for",
    "may_text_now",
    "visible_to",
    "waiting_for",
    "words_visible_to",
]
