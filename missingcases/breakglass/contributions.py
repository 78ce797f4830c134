"""What break-glass adds to "My work"."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from missingcases.breakglass import selectors
from missingcases.breakglass.models import Opening
from missingcases.breakglass.policies import may_review

_SHOWN = 10
_MOST = 99


def opening_work(actor: Actor) -> WorkQueue | None:
    """For the data-protection role: what stands open now, and what is over and to be reviewed."""
    if may_review(actor) is not None:
        return None
    open_now, over = selectors.running(actor), selectors.to_review(actor)
    items = tuple(
        [_item(row, "Confidential records stand open") for row in open_now[:_SHOWN]]
        + [_item(row, "Review an opening of confidential records") for row in over[:_SHOWN]]
    )
    if not items:
        return None
    count = open_now.order_by()[:_MOST].count() + over.order_by()[:_MOST].count()
    return WorkQueue(
        "breakglass", "Break-glass", "", items, count, Link("All openings", reverse("breakglass:list"))
    )


def _item(row: Opening, words: str) -> WorkItem:
    return WorkItem(
        words, reverse("breakglass:opening", args=[row.reference]), row.review_due_at, row.reference
    )
