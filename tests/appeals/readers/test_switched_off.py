"""An outlet that is switched off: nothing new comes to it, and what it shows it is told to take down."""

from __future__ import annotations

import pytest

from appeals import delivery, services
from appeals.enums import Channel, PlacementStatus
from appeals.models import Appeal, Outlet, Placement, PublicAppeal
from appeals.services import outlets as keeping
from foundation.sandbox.control import Control
from tests.appeals import making, outlets
from tests.appeals.conftest import Desk
from tests.appeals.readers.conftest import Reader

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
P = PlacementStatus


def switch(desk: Desk, outlet: Outlet, *, on: bool) -> None:
    outlet.refresh_from_db()
    details = keeping.OutletDetails(
        outlet.name,
        outlet.channel,
        address=outlet.address,
        account=outlet.account,
        formats=outlet.formats,
        is_active=on,
    )
    keeping.change_outlet(actor=desk.publicity, reference=outlet.reference, details=details)


def ends(one: Reader) -> list[str]:
    if one.outlet.channel == Channel.BILLBOARD:
        return one.playlist().json()["drop"]
    return [entry["id"].split(":")[-1] for entry in one.feed("json").json()["_harbour"]["deleted"]]


def items(one: Reader) -> list[object]:
    told = one.playlist() if one.outlet.channel == Channel.BILLBOARD else one.feed("json")
    assert told.status_code == 200
    return told.json()["items"]


@pytest.mark.parametrize("channel", ["desk_feed", "board"])
def test_it_reads_ends_alone_and_confirms_them(channel, desk, shown, request) -> None:
    one: Reader = request.getfixturevalue(channel)
    reference = one.placement(shown).reference
    switch(desk, one.outlet, on=False)
    # At once, before anything was written down.
    assert (items(one), ends(one)) == ([], [reference])
    services.take_off_switched_off()
    assert one.placement(shown).status == P.WITHDRAWING
    assert (items(one), ends(one)) == ([], [reference])
    delivery.read_reports()
    assert one.placement(shown).status == P.TOLD
    answer = one.check_in(f'{{"showing": [], "dropped": ["{reference}"]}}')
    assert answer.status_code == 202
    delivery.read_reports()
    assert one.placement(shown).status == P.CONFIRMED


def test_elsewhere_the_appeal_stays(desk, shown, desk_feed, board) -> None:
    switch(desk, board.outlet, on=False)
    assert services.take_off_switched_off() == 1
    assert services.take_off_switched_off() == 0
    assert desk_feed.placement(shown).status == P.LIVE
    assert PublicAppeal.objects.get(appeal_id=shown.pk).is_live


def test_our_own_pages_keep_what_they_show(desk, live) -> None:
    switch(desk, making.outlet(), on=False)
    assert services.take_off_switched_off() == 0
    assert PublicAppeal.objects.get(appeal_id=live.pk).is_live


def test_switched_on_again_it_gets_what_is_new(desk, shown, desk_feed) -> None:
    switch(desk, desk_feed.outlet, on=False)
    services.take_off_switched_off()
    switch(desk, desk_feed.outlet, on=True)
    assert items(desk_feed) == []
    services.pause(actor=desk.publicity, appeal_id=shown.pk, reason="A lead.")
    services.resume(actor=desk.publicity, appeal_id=shown.pk)
    assert len(items(desk_feed)) == 1


def test_what_is_called_is_told_and_what_was_planned_is_dropped(
    desk, ready: Appeal, provider: Control
) -> None:
    bluesky, partner = outlets.bluesky(provider), outlets.partner(provider)
    outlets.publish(desk, ready)
    delivery.send_appeal(ready.pk)
    Placement.objects.filter(outlet=partner).update(status=P.PLANNED, next_at=ready.requested_at)
    Outlet.objects.filter(pk__in=[bluesky.pk, partner.pk]).update(is_active=False)
    assert delivery.send_due() == 0
    services.take_off_switched_off()
    assert outlets.of(ready, Channel.WEBHOOK).status == P.DROPPED
    delivery.tell_due()
    assert outlets.of(ready, Channel.BLUESKY).status == P.CONFIRMED
