"""What sightings offer to pages that read across services."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from appeals.deadlines import triage_by
from appeals.enums import SightingStatus
from appeals.models import Sighting
from appeals.selectors.sightings import to_answer, to_triage
from appeals.states import TRIAGERS
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.contributions import DeskLine, DeskPart, Identity, Link, WorkItem, WorkQueue

_SHOWN = 10
_VERBS = {"received": "Judge", "triaged": "Pass on", "passed_to_police": "Acknowledge"}


def sighting_work(actor: Actor) -> WorkQueue | None:
    """What the public wrote and waits for this side: to be judged and passed on, or to be answered."""
    if actor.holds(TRIAGERS):
        rows, empty = to_triage(actor), "Nothing that the public wrote waits."
    elif actor.holds(POLICE):
        rows, empty = to_answer(actor), "No sighting waits for your force."
    else:
        return None
    items = tuple(_item(row) for row in rows.select_related("appeal")[:_SHOWN])
    link = Link("All sightings", reverse("sightings:sightings"))
    return WorkQueue("sightings", "Sightings", empty, items, rows.count(), link)


def sighting_desk(actor: Actor, most: int) -> DeskPart | None:
    """What waits for this side, on the duty desk: it shows there within seconds of coming in."""
    if actor.holds(TRIAGERS):
        rows = to_triage(actor)
    elif actor.holds(POLICE):
        rows = to_answer(actor).filter(acknowledged_at__isnull=True)
    else:
        return None
    lines = tuple(
        DeskLine(row.incident_id, row.reference, _words(row), _url(row), _due(row)) for row in rows[:most]
    )
    return DeskPart("sightings", "Sightings to take up", "No sighting waits.", lines)


def sighting_identity(label: str, record_id: int) -> Identity | None:
    """Who reported a sighting, so that no intelligence report repeats it."""
    row = Sighting.objects.filter(pk=record_id).first() if label == "appeals.Sighting" else None
    if row is None:
        return None
    contact = (row.reporter_contact,) if row.reporter_contact else ()
    return Identity(names=(row.reporter_name,), numbers=contact, emails=contact)


def _words(row: Sighting) -> str:
    judged = f": {row.get_triage_display().lower()}" if row.triage else ""
    return f"{_VERBS.get(row.status, 'Answer')} sighting {row.reference}{judged}"


def _url(row: Sighting) -> str:
    return reverse("sightings:sighting", args=[row.reference])


def _due(row: Sighting) -> datetime | None:
    """By when this side is to have done its part."""
    if row.acknowledged_at:
        return None
    if row.status == SightingStatus.RECEIVED:
        return triage_by(row.received_at)
    return row.acknowledge_by if row.passed_at else row.pass_by


def _item(row: Sighting) -> WorkItem:
    return WorkItem(
        words=f"{_VERBS.get(row.status, 'Answer')} sighting {row.reference}",
        url=_url(row),
        due_at=_due(row),
        detail=str(row.get_triage_display()) if row.triage else "",
    )
