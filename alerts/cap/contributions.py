"""What CAP adds to "My work": alerts of the national system that somebody has to look at."""

from __future__ import annotations

from django.urls import reverse

from alerts.cap import selectors
from alerts.cap.models import CapProposal
from alerts.cap.policies import may_look
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue

_SHOWN = 10
_MOST = 99


def received_alert_work(actor: Actor) -> WorkQueue | None:
    """What came in and waits, and what its sender called off while our alert runs."""
    if may_look(actor) is not None:
        return None
    off = list(selectors.called_off(actor)[:_SHOWN])
    waiting = selectors.waiting(actor)
    shown = list(waiting[:_SHOWN])
    if not off and not shown:
        return None
    items = (
        *(_item(row, "Called off by its sender") for row in off),
        *(_item(row, _kind(row)) for row in shown),
    )
    link = Link("All alerts of the national system", reverse("cap:list"))
    count = len(off) + waiting.order_by()[:_MOST].count()
    return WorkQueue("cap", "Alerts of the national system", "Nothing to look at.", items, count, link)


def _kind(row: CapProposal) -> str:
    return "Exercise" if row.is_exercise else "Alert to look at"


def _item(row: CapProposal, words: str) -> WorkItem:
    url = reverse("cap:proposal", args=[row.reference])
    return WorkItem(f"{words}: {row.reference}", url, row.message.received_at, f"from {row.message.sender}")
