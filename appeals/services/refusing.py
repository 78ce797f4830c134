"""A photo that may not be published any more: what shows it is paused, in the same commit."""

from __future__ import annotations

from appeals.enums import AppealStatus
from appeals.models import Appeal
from appeals.models.appeals import RUNNING
from appeals.selectors import newest_content
from appeals.services.common import hold, moved_on
from appeals.services.foretelling import note_paused
from appeals.services.placing import take_off
from appeals.states import APPEAL
from foundation.actors import Actor
from foundation.states import move_held

REFUSER = Actor.system("appeals.pause_for_photo")
_REASON = "The record of the photo refuses publicity."


def pause_for_photo(photo_id: int) -> list[int]:
    """Pause what shows this photo; returns the appeals that were live.

    Those that are not live yet are held too: one that is being published at this moment has read the
    answer from before, and is seen here once its lock is free.
    """
    shows = Appeal.objects.filter(status__in=sorted(RUNNING), contents__picture__photo_id=photo_id)
    ids = list(shows.distinct().order_by("incident_id", "pk").values_list("pk", flat=True))
    return [pk for pk in ids if _pause(pk, photo_id)]


def _pause(appeal_id: int, photo_id: int) -> bool:
    _, appeal = hold(REFUSER, appeal_id)
    content = newest_content(appeal)
    shown = content.picture if content else None
    if appeal.status != AppealStatus.LIVE or shown is None or shown.photo_id != photo_id:
        return False
    move_held(appeal, APPEAL, AppealStatus.PAUSED, actor=REFUSER, reason=_REASON)
    take_off(REFUSER, appeal)
    note_paused(appeal)
    moved_on(REFUSER, appeal, "paused", f"Appeal {appeal.reference} is paused: its photo is refused")
    return True
