"""How long a session lasts: idle and in all (`SESSION_IDLE_SECONDS`, `SESSION_LONGEST_SECONDS`)."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# A note of activity is written at most this often: a page must not cost a write.
NOTE_EVERY_SECONDS = 60

IDLE = (
    "You were signed out because nothing was done for {minutes} minutes. Sign in again to go on; "
    "what was not saved must be entered again."
)
TOO_LONG = "You were signed out because {hours} hours had passed since you signed in. Sign in again to go on."


def begin(session: SessionBase) -> None:
    """Start both clocks: somebody has just signed in."""
    now = int(time.time())
    session[SIGNED_IN_AT] = now
    session[SEEN_AT] = now


def ended_because(session: SessionBase) -> str:
    """Why the session is over, in words for the person, or an empty string.

    A session that does not say when it began is over.
    """
    now = time.time()
    if now - session.get(SIGNED_IN_AT, 0) >= settings.SESSION_LONGEST_SECONDS:
        return TOO_LONG.format(hours=settings.SESSION_LONGEST_SECONDS // 3600)
    if now - session.get(SEEN_AT, 0) >= settings.SESSION_IDLE_SECONDS:
        return IDLE.format(minutes=settings.SESSION_IDLE_SECONDS // 60)
    return ""


def seconds_left(session: SessionBase) -> int:
    """Seconds until the session ends if nothing more is done, never below 0."""
    now = time.time()
    idle = session.get(SEEN_AT, 0) + settings.SESSION_IDLE_SECONDS - now
    longest = session.get(SIGNED_IN_AT, 0) + settings.SESSION_LONGEST_SECONDS - now
    return max(0, int(min(idle, longest)))


def note_activity(request: HttpRequest) -> None:
    """Restart the idle clock where a person did something.

    A live part of a page that refreshes itself (`X-Harbour-Poll`) is nobody doing anything: a screen
    left open must not stay signed in all night.
    """
    if request.headers.get("X-Harbour-Poll"):
        return
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) >= NOTE_EVERY_SECONDS:
        request.session[SEEN_AT] = now
