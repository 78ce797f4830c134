"""What their own voice adds to "My work"."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from missingcases.voice import selectors
from missingcases.voice.policies import may_ask

_SHOWN = 10
_MOST = 99


def invitation_work(actor: Actor) -> WorkQueue | None:
    """People who said yes to the actor and have no link yet."""
    if may_ask(actor) is not None:
        return None
    rows = selectors.waiting_for(actor)
    items = tuple(
        WorkItem(
            f"Give them their link: {row.reference}",
            reverse("voice:invitation", args=[row.reference]),
            row.expires_at,
            str(row.get_respondent_display()),
        )
        for row in rows[:_SHOWN]
    )
    if not items:
        return None
    link = Link("All who were asked", reverse("voice:list"))
    return WorkQueue("voice", "How it was for them", "", items, rows.order_by()[:_MOST].count(), link)
