"""What the public site does when something happens to an alert. A rehearsal tells none of this."""

from __future__ import annotations

from alerts.events import AlertEnded, AlertIssued, AlertPictureRemoved, AlertUpdated
from alerts.public import services


def make_picture(event: AlertIssued | AlertUpdated) -> None:
    """Afterwards: the page is there at once, its picture a moment later."""
    services.make_picture(notice_id=event.notice_id)


def clear_pictures(event: AlertEnded | AlertPictureRemoved) -> None:
    """Afterwards: nobody is shown them since the commit that ended it, and now they are not there either."""
    services.clear_pictures(alert_id=event.alert_id)
