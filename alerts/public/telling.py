"""What channels may know of an alert: of one that is out, and for a preview of one that is not yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.models import AlertContent, ChildRescueAlert
from alerts.public.addresses import page_path
from alerts.selectors import picture_name
from foundation.contributions import AlertWords, ToldAlert

# A rehearsal is about no incident, and an alert that is not out has no notice.
NONE = 0


def told_from(
    alert: ChildRescueAlert,
    content: AlertContent,
    area_ids: Iterable[int],
    *,
    notice_id: int,
    expires_at: datetime,
) -> ToldAlert:
    """All that channels may know, from a version and its areas."""
    picture = picture_name(content)
    return ToldAlert(
        alert_id=alert.pk,
        notice_id=notice_id,
        reference=alert.reference,
        incident_id=alert.incident_id or NONE,
        area_ids=tuple(area_ids),
        page=page_path(alert.token),
        expires_at=expires_at,
        first_name=content.first_name,
        age=content.age,
        clothing=content.clothing,
        place=content.last_seen_place,
        seen_at=content.last_seen_at,
        proposed_at=alert.proposed_at,
        suspect=content.suspect,
        vehicle=content.vehicle,
        words=tuple(
            AlertWords(one.language, one.headline, one.description, one.instruction)
            for one in content.wordings.all()
        ),
        picture=picture,
        alt_text=content.alt_text if picture else "",
        alt_text_cy=content.alt_text_cy if picture else "",
    )
