"""What happens to alerts. Past tense; ids only.

A rehearsal publishes `RehearsalNotice` and nothing else, so that no subscriber that reaches the public can
ever be routed to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from foundation.events.types import Event


@dataclass(frozen=True, kw_only=True)
class AlertIssued(Event):
    """An alert went out."""

    alert_id: int
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class AlertUpdated(Event):
    """An issued alert says something else, or goes on for longer."""

    alert_id: int
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class AlertEnded(Event):
    """An issued alert was cancelled or expired."""

    alert_id: int
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class AlertPictureRemoved(Event):
    """The picture of an issued alert was taken away: it is shown nowhere from this commit on."""

    alert_id: int


@dataclass(frozen=True, kw_only=True)
class RehearsalNotice(Event):
    """A rehearsal was issued, updated or ended."""

    alert_id: int
    notice_id: int
