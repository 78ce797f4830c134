"""What has changed since somebody last opened it: their own list, from what they may read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit.selectors import last_opened
from missingcases.desk.selectors.board import Line, Section
from missingcases.enums import Audience
from missingcases.models import AudienceRow, Incident, TimelineEntry
from missingcases.policies import SEES_RECORD, Standing, principals_of, standings

CANDIDATES = 100
SHOWN = 20
LOOK_BACK = timedelta(days=14)


def unread(actor: Actor) -> Section:
    """Open incidents that others wrote on after the actor last opened them, the latest first."""
    held = standings(actor, _lately_changed(actor))
    news = _latest_news(actor, held)
    opened = last_opened(actor.user_id or 0, list(news))
    late = [
        (at, incident_id)
        for incident_id, at in news.items()
        if incident_id not in opened or opened[incident_id] < at
    ]
    late.sort(reverse=True)
    rows = Incident.objects.select_related("person").in_bulk([pk for _, pk in late[: SHOWN + 1]])
    lines = [_line(rows[pk], held[pk], at, new=pk not in opened) for at, pk in late[: SHOWN + 1]]
    empty = "You have opened everything since it last changed."
    return Section("unread", "Unread", empty, tuple(lines[:SHOWN]), len(lines) > SHOWN)


def _lately_changed(actor: Actor) -> list[int]:
    rows = AudienceRow.objects.filter(
        principal__in=principals_of(actor),
        revoked_at__isnull=True,
        is_open=True,
        updated_at__gte=timezone.now() - LOOK_BACK,
    )
    return list(dict.fromkeys(rows.order_by("-change").values_list("incident_id", flat=True)[:CANDIDATES]))


def _latest_news(actor: Actor, held: dict[int, Standing]) -> dict[int, datetime]:
    """When somebody else last wrote what the actor may read (as `missingcases.selectors.timeline_for`)."""
    record = [pk for pk, standing in held.items() if standing & SEES_RECORD]
    owned = [pk for pk, standing in held.items() if standing & Standing.OWNER]
    concerned = [pk for pk, standing in held.items() if standing & (Standing.OWNER | Standing.AUTHORITY)]
    readable = (
        Q(audience=Audience.EVERYONE, incident_id__in=record)
        | Q(audience=Audience.OWNER, incident_id__in=owned)
        | Q(audience=Audience.AUTHORITY, incident_id__in=concerned)
        | Q(audience=Audience.NAMED, named_user_ids__contains=[actor.user_id or 0])
        | Q(audience=Audience.CHARITY, organisation_id=actor.organisation_id)
    )
    rows = TimelineEntry.objects.filter(readable, incident_id__in=list(held))
    others = rows.filter(Q(user_id__isnull=True) | ~Q(user_id=actor.user_id))
    return dict(others.order_by().values_list("incident_id").annotate(Max("created_at")))


def _line(incident: Incident, standing: Standing, at: datetime, *, new: bool) -> Line:
    name = incident.person.full_name if standing & SEES_RECORD else ""
    return Line(incident, name, "Not opened yet" if new else "Changed", at, anchor="unread")
