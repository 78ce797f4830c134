"""What messaging puts on "My work" of those who look after it: only while there is something."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import OPERATORS
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue
from foundation.messaging import selectors

_SHOWN = 10


def attention_work(actor: Actor) -> WorkQueue | None:
    """Outcomes that only a person can settle, and replies or news that a service does not take."""
    if not actor.holds(OPERATORS):
        return None
    unknown = selectors.for_a_person(actor)
    replies = selectors.replies_not_taken(actor).count()
    news = selectors.news_not_taken(actor).count()
    items = [WorkItem(words, reverse("messaging:not_taken")) for words in _not_taken(replies, news)]
    items += [
        WorkItem(
            f"Settle whether a {row.get_channel_display().lower()} went out",
            reverse("messaging:settle", args=[row.reference]),
        )
        for row in unknown.defer("to", "subject", "body").order_by("unknown_since")[:_SHOWN]
    ]
    if not items:
        return None
    return WorkQueue(
        "messages",
        "Messages that need a person",
        "",
        tuple(items[:_SHOWN]),
        replies + news + unknown.count(),
        Link("All of unknown outcome", reverse("messaging:unknown")),
    )


def _not_taken(replies: int, news: int) -> list[str]:
    told = [("A reply that came in has not reached its service", replies)]
    told.append(("A service has not been told how a message ended", news))
    return [f"{words}: {count}" for words, count in told if count]
