"""Invitations for those who asked, words for managers, and figures."""

from missingcases.voice.selectors.answers import SHOWN_WORDS, words_visible_to
from missingcases.voice.selectors.invitations import (
    GONE,
    OVER,
    forces,
    invitation_named,
    live_for,
    may_text_now,
    visible_to,
    waiting_for,
)

__all__ = [
    "GONE",
    "OVER",
    "SHOWN_WORDS",
    "forces",
    "invitation_named",
    "live_for",
    "may_text_now",
    "visible_to",
    "waiting_for",
    "words_visible_to",
]
