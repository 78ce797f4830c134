"""Stored receipts brought to the texts they tell of: five hundred at a time, against get and save."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from benchmarks.counting import counted
from benchmarks.load import Goal, Load, Ready, Took
from benchmarks.peers.receipt_views import apply
from benchmarks.texts import sent_texts
from foundation.messaging import services as messaging
from foundation.messaging.enums import RawKind
from foundation.messaging.models import RawCallback
from foundation.messaging.services.calls import insert

OURS, PEERS = 2000, 200


def prepare(rows: int, *, ours: int = OURS, peers: int = PEERS) -> Ready:
    """Texts with the provider and, for us, their receipts, stored and unread."""
    return Ready(
        ours=timed(store, read_all, ours),
        peer=timed(sent_texts, get_and_save, peers),
        limit=timed(sent_texts, update_at_once, ours),
        counters=lambda: _counted(ours),
    )


def timed(
    before: Callable[[int], list[str]], work: Callable[[list[str]], int], size: int
) -> Callable[[], Took]:
    """What `work` takes on what `before` has made."""

    def unit() -> Took:
        names = before(size)
        begun = time.perf_counter()
        done = work(names)
        return Took(time.perf_counter() - begun, done)

    return unit


def store(count: int) -> list[str]:
    """So many texts, each with a receipt that is stored and unread."""
    names, now = sent_texts(count), timezone.now() - timedelta(seconds=1)
    for first in range(0, count, 500):
        insert(
            [
                RawCallback(
                    provider="twilio",
                    kind=RawKind.STATUS,
                    query=f"m={name}",
                    body=urlencode({"MessageSid": f"SM{name}", "MessageStatus": "delivered"}),
                    signature_ok=True,
                    received_at=now,
                    due_at=now,
                )
                for name in names[first : first + 500]
            ]
        )
    return names


def read_all(_names: list[str]) -> int:
    """As the worker does it."""
    done = 0
    while found := messaging.read_statuses():
        done += found
    return done


def get_and_save(names: list[str]) -> int:
    """As the view of the manuals does it, without the request around it."""
    for name in names:
        apply(name, "delivered")
    return len(names)


def update_at_once(names: list[str]) -> int:
    """The least that could be done: one statement for all of them, and no log of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE messaging_message SET status = 'delivered', delivered_at = now(), settled_at = now()"
            " WHERE reference = ANY(%s)",
            [names],
        )
        return int(cursor.rowcount)


def _counted(size: int) -> dict[str, float]:
    names = store(size)
    return {"queries a thousand receipts": counted(lambda: read_all(names))["queries"] / size * 1000}


LOAD = Load(
    name="receipts_applied",
    title="receipts applied, one",
    goal=Goal(peer=10),
    prepare=prepare,
    rounds=9,
    grows="ms",
    writes=True,
)
