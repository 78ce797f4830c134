"""What links add to "My work"."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from missingcases.links import selectors
from missingcases.links.policies import may_link

_SHOWN = 10
_MOST = 99


def link_work(actor: Actor) -> WorkQueue | None:
    """Questions of other forces that wait for this force's answer."""
    if may_link(actor) is not None:
        return None
    rows = selectors.asked_of(actor)
    items = tuple(
        WorkItem(
            words=f"{row.asking.name} asks about a record",
            url=reverse("links:link", args=[row.reference]),
            detail=row.reference,
        )
        for row in rows[:_SHOWN]
    )
    if not items:
        return None
    count = rows.order_by()[:_MOST].values("pk").count()
    return WorkQueue(
        "links", "Questions of other forces", "", items, count, Link("All links", reverse("links:list"))
    )
