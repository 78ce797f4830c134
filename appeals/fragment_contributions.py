"""What the check-back of the helpline's fragment offers to pages that read across services."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from appeals import deadlines
from appeals.selectors.fragments import missed
from foundation.accounts.enums import INSPECTORS, PUBLICITY_DESK
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue

_SHOWN = 10


def fragment_work(actor: Actor) -> WorkQueue | None:
    """Pages of forces that did not show the helpline for a day: for the force, and for the charity."""
    if not actor.holds(PUBLICITY_DESK | INSPECTORS):
        return None
    rows, address = missed(actor, now=timezone.now()), reverse("appeals:fragments")
    items = tuple(
        WorkItem(
            words=f"The helpline is missing on a page of {row.organisation.name}",
            url=f"{address}#page-{row.pk}",
            due_at=row.missing_since + deadlines.FRAGMENT_MISSED_AFTER if row.missing_since else None,
            detail=row.said_problem,
        )
        for row in rows[:_SHOWN]
    )
    if not items:
        return None
    link = Link("Pages that carry the helpline", address)
    return WorkQueue("fragments", "Helpline on forces' pages", "", items, rows.count(), link)
