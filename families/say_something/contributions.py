"""What Say Something adds to "My work" and to the shift handover."""

from __future__ import annotations

from django.urls import reverse

from families.say_something import selectors
from families.say_something.models import Account
from families.say_something.policies import may_read
from foundation.actors import Actor
from foundation.contributions import HANDED_OVER, HandoverSection, Link, WorkItem, WorkQueue

_SHOWN = 10
_MOST = 99


def account_work(actor: Actor) -> WorkQueue | None:
    """What was told and nobody has read."""
    if may_read(actor) is not None:
        return None
    rows = selectors.to_read(actor)
    items = tuple(_item(row) for row in rows[:_SHOWN])
    link = Link("All of Say Something", reverse("say_something:list"))
    count = rows.order_by()[:_MOST].count()
    return WorkQueue("say_something", "Say Something", "Nothing waits to be read.", items, count, link)


def account_handover(actor: Actor) -> HandoverSection | None:
    """The same for the next shift."""
    if may_read(actor) is not None:
        return None
    items = tuple(_item(row) for row in selectors.to_read(actor)[:HANDED_OVER])
    return HandoverSection("say_something", "Say Something", "Nothing waits to be read.", items)


def _item(row: Account) -> WorkItem:
    urgent = ": it speaks of danger now" if row.is_urgent else ""
    url = reverse("say_something:account", args=[row.reference])
    return WorkItem(f"Read {row.reference}{urgent}", url, row.read_by, str(row.get_way_display()))
