"""Reading views and exports."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from foundation.actors import Actor
from missingcases.search.models import Export, ExportStatus, SavedView
from missingcases.selectors import records_visible_to

STALLED_AFTER = timedelta(seconds=60)
KEPT = timedelta(days=1)


def views_visible_to(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own views and those shared in the organisation they act for."""
    if actor.organisation_id is None or actor.user_id is None:
        return SavedView.objects.none()
    rows = SavedView.objects.filter(organisation_id=actor.organisation_id)
    return rows.filter(Q(owner_id=actor.user_id) | Q(is_shared=True)).select_related("owner")


def views_for(actor: Actor, listing: str) -> list[SavedView]:
    """The views of one list, the actor's own first."""
    rows = list(views_visible_to(actor).filter(listing=listing))
    return sorted(rows, key=lambda view: (view.owner_id != actor.user_id, view.name.casefold()))


def exports_visible_to(actor: Actor) -> QuerySet[Export]:
    """The exports the actor asked for, in the organisation they act for."""
    if actor.organisation_id is None or actor.user_id is None:
        return Export.objects.none()
    return Export.objects.filter(owner_id=actor.user_id, organisation_id=actor.organisation_id)


def sees_all_of(actor: Actor, export: Export) -> bool:
    """Whether the actor still sees the record of every incident in the file."""
    ids = export.incident_ids
    return records_visible_to(actor).filter(pk__in=ids).count() == len(ids)


def stalled(now: datetime) -> list[int]:
    """Unfinished exports on which nothing has moved for a minute."""
    rows = Export.objects.filter(status__in=(ExportStatus.WAITING, ExportStatus.RUNNING))
    return list(rows.filter(updated_at__lt=now - STALLED_AFTER).values_list("pk", flat=True))


def outlived(now: datetime) -> QuerySet[Export]:
    """Exports whose day is over."""
    return Export.objects.exclude(status=ExportStatus.GONE).filter(created_at__lt=now - KEPT)


def after(reported_at: datetime, incident_id: int) -> Q:
    """Incidents that come after this one, the newest first."""
    return Q(reported_at__lt=reported_at) | Q(reported_at=reported_at, pk__lt=incident_id)
