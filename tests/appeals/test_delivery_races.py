"""Two workers on one appeal, and a withdrawal in the middle of a publication, with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from appeals import delivery
from appeals.channels import bluesky
from appeals.enums import PlacementStatus
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.appeals import outlets
from tests.processes import wait_until

P = PlacementStatus
ACCOUNTS = 4


def together(*works: Callable[[], Any]) -> None:
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_two_workers_post_once_and_take_down_once(committing_db, provider: Control, desk, ready) -> None:
    bluesky._sessions.clear()
    for number in range(ACCOUNTS):
        outlets.mastodon(provider, f"account{number}")
        outlets.bluesky(provider, f"account{number}.example")
    live = outlets.publish(desk, ready)
    together(*[lambda: delivery.send_appeal(live.pk)] * 2, delivery.send_due)
    assert len(provider.posts()) == 2 * ACCOUNTS
    assert set(outlets.called(live).values_list("status", flat=True)) == {P.LIVE}
    outlets.withdraw(desk, live)
    together(*[lambda: delivery.tell_outlets(live.pk)] * 2, delivery.tell_due)
    assert not any(post["shown"] for post in provider.posts())
    for placement in outlets.called(live):
        assert outlets.ledger(placement).count("told") == 1


def test_what_is_withdrawn_while_the_outlet_still_answers_is_taken_down(
    committing_db, provider: Control, desk, ready
) -> None:
    outlets.mastodon(provider)
    live = outlets.publish(desk, ready)
    provider.break_(FaultKind.SLOW, times=1, seconds=2)

    def publishing() -> None:
        delivery.send_appeal(live.pk)

    def withdrawing() -> None:
        wait_until(lambda: bool(provider.posts()), "the post to be taken")
        outlets.withdraw(desk, live)
        delivery.tell_outlets(live.pk)

    together(publishing, withdrawing)
    delivery.tell_due()
    assert [post["shown"] for post in provider.posts()] == [False]
    placement = outlets.called(live).get()
    assert placement.status == P.TOLD
    assert "published_late" in outlets.ledger(placement)
