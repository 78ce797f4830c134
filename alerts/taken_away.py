"""Which pictures of an alert were taken away: asked wherever one is shown, sent or copied."""

from __future__ import annotations

from alerts.models import AlertContent, PictureRemoval


def removed_names(alert_id: int) -> set[str]:
    """Where the pictures are stored that were taken away from an alert."""
    return set(PictureRemoval.objects.filter(alert_id=alert_id).values_list("stored_name", flat=True))


def removed_photo_ids(alert_id: int) -> set[int]:
    """The photos of the record of which a copy was taken away from an alert: it takes none of them again."""
    gone = removed_names(alert_id)
    copies = AlertContent.objects.filter(alert_id=alert_id, stored_name__in=gone, photo__isnull=False)
    return {photo_id for photo_id in copies.values_list("photo_id", flat=True) if photo_id is not None}


def picture_name(content: AlertContent) -> str:
    """Where the picture of a version is stored; empty where it has none, or that was taken away."""
    return "" if content.stored_name in removed_names(content.alert_id) else content.stored_name
