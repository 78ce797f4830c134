"""The pictures that the public site shows: made of a version's own, in the one folder that it can read."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, Notice, PictureRemoval
from alerts.public.models import PublicPicture
from alerts.selectors import picture_name
from foundation import pictures
from foundation.files import storage

log = structlog.get_logger(__name__)
FOLDER = "published"
WIDTH, HEIGHT = 800, 1200


@transaction.atomic
def make_picture(*, notice_id: int) -> bool:
    """Make the picture of what a notice says, where there is one and its alert is out; False where not.

    Raises `OSError` where the version's own is not there and `pictures.Unfit` where it cannot be read: the
    event that asked for it is owed then, and staff are shown it.
    """
    notice = Notice.objects.select_related("content", "alert").get(pk=notice_id)
    is_out = notice.alert.status == AlertStatus.ISSUED and not notice.alert.is_rehearsal
    if not is_out or not picture_name(notice.content):
        return False
    if PublicPicture.objects.filter(content=notice.content).exists():
        return False
    made = pictures.fitted(storage.path_of(notice.content.stored_name).read_bytes(), WIDTH, HEIGHT)
    # Who takes it away holds the alert: from here on either waits for the other.
    ChildRescueAlert.objects.select_for_update(no_key=True).get(pk=notice.alert_id)
    if not picture_name(notice.content):
        return False
    place = storage.keep(made.data, folder=FOLDER, ending="jpg")
    _, is_new = PublicPicture.objects.get_or_create(
        content=notice.content, defaults={"stored_name": place, "made_at": timezone.now()}
    )
    if not is_new:
        storage.delete(place)
    return is_new


@transaction.atomic
def clear_pictures(*, alert_id: int) -> int:
    """Delete the pictures of an alert that is not out any more, or that were taken away; returns how many."""
    rows = PublicPicture.objects.select_for_update(of=("self",)).filter(content__alert=alert_id)
    removed = PictureRemoval.objects.filter(alert=alert_id).values("stored_name")
    over = rows.filter(~Q(content__alert__status=AlertStatus.ISSUED) | Q(content__stored_name__in=removed))
    places = dict(over.values_list("pk", "stored_name"))
    PublicPicture.objects.filter(pk__in=places).delete()
    for place in places.values():
        transaction.on_commit(lambda place=place: _delete(place))  # type: ignore[misc]
    return len(places)


def _delete(place: str) -> None:
    if not storage.delete(place):
        log.warning("public_picture_not_there")
