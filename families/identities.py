"""Who stands behind a contact with a family, so that no sanitised text tells it."""

from __future__ import annotations

from families.models import ContactRecord
from foundation.contributions import Identity


def contact_identity(label: str, record_id: int) -> Identity | None:
    """The member who was spoken with, and every way to reach them."""
    if label != ContactRecord._meta.label:
        return None
    row = ContactRecord.objects.select_related("member").filter(pk=record_id).first()
    if row is None or row.member is None:
        return None
    reached_at = tuple(point.value for point in row.member.points.all())
    return Identity(names=(row.member.name,), numbers=reached_at, emails=reached_at, addresses=reached_at)
