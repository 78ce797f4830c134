"""What sightings offer to pages that read across services."""

from __future__ import annotations

from django.urls import reverse

from appeals.models import Sighting
from appeals.selectors.sightings import to_answer, to_triage
from appeals.states import TRIAGERS
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue

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


def _item(row: Sighting) -> WorkItem:
    verb = _VERBS.get(row.status, "Answer")
    due = row.acknowledge_by if row.passed_at and not row.acknowledged_at else row.pass_by
    return WorkItem(
        words=f"{verb} sighting {row.reference}",
        url=reverse("sightings:sighting", args=[row.reference]),
        due_at=None if row.acknowledged_at else due,
        detail=str(row.get_triage_display()) if row.triage else "",
    )
