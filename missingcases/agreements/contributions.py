"""What agreements add to "My work"."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from foundation.actors import Actor
from foundation.clock import in_london
from foundation.contributions import Link, WorkItem, WorkQueue
from missingcases.agreements import selectors
from missingcases.agreements.models import Agreement

_SHOWN = 10


def agreement_work(actor: Actor) -> WorkQueue | None:
    """Drafts that wait for this organisation's signature, and reviews that are near or past."""
    unsigned = selectors.to_sign(actor)[:_SHOWN]
    due = selectors.to_review(actor, in_london(timezone.now()).date())[:_SHOWN]
    items = (
        *(_item(row, "Sign the agreement") for row in unsigned),
        *(_item(row, "Review the agreement") for row in due),
    )
    if not items:
        return None
    listed = Link("All agreements", reverse("agreements:list"))
    return WorkQueue("agreements", "Sharing agreements", "", items, len(items), listed)


def _item(row: Agreement, words: str) -> WorkItem:
    sides = f"{row.from_organisation.name} to {row.to_organisation.name}"
    return WorkItem(
        words=f"{words}: {row.get_flow_display()}",
        url=reverse("agreements:agreement", args=[row.reference]),
        detail=f"{sides}, {row.reference}",
    )
