"""What releases add to "My work", beside threats to life, which stand above everything."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from missingcases import selectors
from missingcases.models import Release

_SHOWN = 8
_MOST = 99


def received_work(actor: Actor) -> WorkQueue | None:
    """What was released to the actor and waits for their acknowledgement."""
    rows = selectors.releases_to_acknowledge(actor)
    to = Link("All that is released to us", reverse("releases:received"))
    return _queue(
        "received", "Releases to acknowledge", rows, to, lambda row: f"From {row.from_organisation}"
    )


def unanswered_work(actor: Actor) -> WorkQueue | None:
    """What the actor's side released and nobody has acknowledged in time."""
    rows = selectors.releases_unanswered(actor)
    to = Link("All that we released", reverse("releases:sent"))
    title = "Releases not acknowledged in time: ring them"
    return _queue("unanswered_releases", title, rows, to, lambda row: f"To {row.to_organisation}")


def _queue(
    key: str, title: str, rows: QuerySet[Release], to: Link, side: Callable[[Release], str]
) -> WorkQueue | None:
    items = tuple(
        WorkItem(
            f"{row.get_kind_display()}: {row.reference}",
            reverse("releases:release", args=[row.reference]),
            row.acknowledge_by,
            side(row),
        )
        for row in rows[:_SHOWN]
    )
    if not items:
        return None
    count = len(items) if len(items) < _SHOWN else rows.order_by()[:_MOST].values("pk").count()
    return WorkQueue(key, title, "", items, count, to)
