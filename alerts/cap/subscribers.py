"""What CAP does when an alert goes out, changes or ends: its message is frozen in the same commit.

A rehearsal is frozen too, as an Exercise; it reaches only partners that take exercises, and no feed.
"""

from __future__ import annotations

from alerts.cap.services import clear_pictures, freeze_message
from alerts.events import AlertEnded, AlertIssued, AlertPictureRemoved, AlertUpdated, RehearsalNotice


def freeze_issued(event: AlertIssued) -> None:
    """Together: what partners and the public get is fixed as the alert goes out."""
    freeze_message(notice_id=event.notice_id)


def freeze_updated(event: AlertUpdated) -> None:
    """Together: an Update that refers to what is live."""
    freeze_message(notice_id=event.notice_id)


def freeze_ended(event: AlertEnded) -> None:
    """Together: a Cancel, without how it ended."""
    freeze_message(notice_id=event.notice_id)


def freeze_rehearsed(event: RehearsalNotice) -> None:
    """Together: an Exercise."""
    freeze_message(notice_id=event.notice_id)


def clear_ended(event: AlertEnded | AlertPictureRemoved) -> None:
    """Afterwards: its pictures were given out no more since that commit; now they are gone."""
    clear_pictures(alert_id=event.alert_id)
