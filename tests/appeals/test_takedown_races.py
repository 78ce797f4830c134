"""Ends against beginnings, with real threads: what is shown afterwards, and both ledgers complete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from appeals import delivery, services
from appeals.enums import OURS, AppealStatus, Channel, PlacementStatus
from appeals.models import Appeal, Outlet, Placement, PublicAppeal, PublicPlacement
from appeals.models.placements import OWED, STANDING
from foundation.backups.models import LedgerLine
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.appeals import making, outlets
from tests.appeals.test_delivery_races import together
from tests.missingcases.test_races import at_once
from tests.processes import wait_until

pytestmark = pytest.mark.usefixtures("committing_db", "place")
A, P = AppealStatus, PlacementStatus


@pytest.fixture
def paused(desk, ready) -> Appeal:
    """Off its channels, and everybody was told."""
    making.outlet(Channel.MEDIA_FEED)
    making.outlet(Channel.WEBHOOK)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    Placement.objects.filter(appeal=ready, status=P.PLANNED).update(status=P.LIVE, live_at=timezone.now())
    services.pause(actor=desk.publicity, appeal_id=ready.pk, reason="A lead.")
    return Appeal.objects.get(pk=ready.pk)


def ended(appeal: Appeal) -> None:
    """Withdrawn, shown nowhere, with a line for each outlet and one for a restore."""
    appeal.refresh_from_db()
    assert appeal.status == A.WITHDRAWN
    assert not PublicAppeal.objects.filter(is_live=True).exists()
    assert not PublicPlacement.objects.filter(is_live=True).exists()
    rows = Placement.objects.filter(appeal=appeal)
    assert not rows.filter(status__in=STANDING).exists()
    for row in rows.exclude(status=P.DROPPED):
        first = "gone_with_us" if row.outlet.channel in OURS else "to_be_told"
        assert outlets.ledger(row).count(first) == 1
    assert LedgerLine.objects.filter(kind="appeals.withdrawn").count() == 1


def withdrawing(desk, appeal: Appeal, **given: Any) -> Callable[[], Any]:
    values = {"cause": "staff", "reason": "Asked to."} | given
    return partial(services.withdraw_appeal, actor=desk.publicity, appeal_id=appeal.pk, **values)


def test_withdraw_pressed_twice_is_one_end(desk, live) -> None:
    live.refresh_from_db()
    done, told = at_once(*[withdrawing(desk, live, version=live.version)] * 2)
    assert (done, len(told)) == (1, 1)
    ended(live)


def test_withdrawn_while_it_is_published(desk, ready) -> None:
    making.outlet(Channel.MEDIA_FEED)
    at_once(
        lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk),
        withdrawing(desk, ready),
    )
    ended(ready)


def test_withdrawn_while_its_time_comes(desk, ready) -> None:
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=making.tomorrow())
    Appeal.objects.filter(pk=ready.pk).update(publish_at=timezone.now())
    at_once(partial(services.publish_scheduled, appeal_id=ready.pk), withdrawing(desk, ready))
    ended(ready)


def test_withdrawn_while_it_is_resumed(desk, paused) -> None:
    at_once(
        partial(services.resume, actor=desk.publicity, appeal_id=paused.pk),
        withdrawing(desk, paused),
    )
    ended(paused)
    # Whoever was put aside for the newer placement, which never went, is asked again.
    (first, *_) = Placement.objects.filter(appeal=paused, outlet__channel=Channel.WEBHOOK).order_by("pk")
    assert (first.status, first.next_at is None) == (P.WITHDRAWING, False)
    assert set(outlets.ledger(first)) <= {"to_be_told", "to_be_told_again"}


def test_paused_and_withdrawn_at_once(desk, live) -> None:
    at_once(
        partial(services.pause, actor=desk.publicity, appeal_id=live.pk, reason="A lead."),
        withdrawing(desk, live),
    )
    ended(live)


def test_switched_off_while_it_is_published(desk, ready) -> None:
    feed = making.outlet(Channel.MEDIA_FEED)

    def switch() -> None:
        Outlet.objects.filter(pk=feed.pk).update(is_active=False)
        services.take_off_switched_off()

    at_once(lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk), switch)
    services.take_off_switched_off()
    assert not PublicPlacement.objects.filter(outlet_id=feed.pk, is_live=True).exists()
    assert not Placement.objects.filter(outlet=feed, status__in=STANDING).exists()


def test_resumed_while_the_partner_is_being_told(provider: Control, desk, ready) -> None:
    """The end is on its way: what is published again waits for it, and is live in the end."""
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    services.pause(actor=desk.publicity, appeal_id=live.pk, reason="A lead.")
    provider.break_(FaultKind.SLOW, times=1, seconds=2)
    sent_early: list[int] = []

    def resuming() -> None:
        wait_until(lambda: not any(post["shown"] for post in provider.posts()), "the end to be taken")
        services.resume(actor=desk.publicity, appeal_id=live.pk)
        sent_early.append(delivery.send_due())

    together(partial(delivery.tell_outlets, live.pk), resuming)
    assert sent_early == [0]
    outlets.make_due(live)
    delivery.send_due()
    delivery.tell_due()
    first, second = Placement.objects.filter(appeal=live, outlet__channel=Channel.WEBHOOK).order_by("pk")
    assert second.status == P.LIVE
    assert first.status not in OWED
    assert [post["key"] for post in provider.posts() if post["shown"]] == [second.reference]


def test_two_workers_tell_and_resume_tells_nobody_twice(provider: Control, desk, ready) -> None:
    """Whichever is first: the partner shows the newer one, and nobody asks it for the earlier any more."""
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    services.pause(actor=desk.publicity, appeal_id=live.pk, reason="A lead.")
    together(
        partial(delivery.tell_outlets, live.pk),
        delivery.tell_due,
        partial(services.resume, actor=desk.publicity, appeal_id=live.pk),
        delivery.send_due,
    )
    outlets.make_due(live)
    delivery.send_due()
    outlets.make_due(live)
    assert delivery.tell_due() == 0
    first, second = Placement.objects.filter(appeal=live, outlet__channel=Channel.WEBHOOK).order_by("pk")
    assert second.status == P.LIVE
    assert first.status in (P.REPLACED, P.CONFIRMED)
