"""What interviews add to "My work": actions that the actor's organisation owes."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from rhi.interviews.actions import owed_by
from rhi.interviews.models import Outcome
from rhi.states import WORKERS

_SHOWN, _MOST = 10, 99
_SOON = timedelta(days=2)


def action_work(actor: Actor) -> WorkQueue | None:
    """What interviews led to and is due within two days, or late."""
    if not actor.holds(WORKERS):
        return None
    rows = owed_by(actor).filter(due_at__lt=timezone.now() + _SOON)
    items = tuple(_item(row) for row in rows[:_SHOWN])
    if not items:
        return None
    link = Link("All actions", reverse("interviews:actions"))
    return WorkQueue("rhi_actions", "Actions after interviews", "", items, rows[:_MOST].count(), link)


def _item(row: Outcome) -> WorkItem:
    return WorkItem(
        f"{row.get_kind_display()}, {row.interview.referral.reference}",
        reverse("interviews:action", args=[row.reference]),
        row.due_at,
        row.reference,
    )
