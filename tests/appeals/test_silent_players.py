"""A billboard player that does not check in: told of once, and once more when it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from appeals import delivery, services
from appeals.contributions import player_work
from appeals.deadlines import PLAYER_SILENT_AFTER
from appeals.enums import Channel, PlacementStatus
from appeals.models import Outlet, OutletReport, Placement
from appeals.services import outlets as verbs
from appeals.services import players
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from foundation.messaging.switchboard import guard_of
from tests.appeals import making
from tests.appeals.seeing import mailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


@pytest.fixture
def player(desk) -> Outlet:
    return making.outlet(Channel.BILLBOARD, "Screen at the station", last_heard_at=timezone.now())


def checks_in(outlet: Outlet, **ago: float) -> None:
    body = {"showing": [], "dropped": [], "at": ""}
    at = timezone.now() - timedelta(**ago)
    OutletReport.objects.create(kind="check_in", outlet_id=outlet.pk, body=body, received_at=at)
    delivery.read_reports()


def subjects() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def test_a_silence_is_told_once_and_its_end_once(
    clock, desk, player, publicity_officer, duty_manager, met_supervisor, caseworker
) -> None:
    assert services.watch_players() == 0
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    assert services.watch_players() == 1
    assert services.watch_players() == 0
    assert set(mailed()) == {publicity_officer.user.email, duty_manager.user.email}
    assert all(player.reference in one and "silent" in one for one in subjects())
    clock.shift(timedelta(hours=5))
    assert services.watch_players() == 0

    checks_in(player)
    checks_in(player)
    assert [one for one in subjects() if "answers again" in one] == subjects()[2:]
    assert len(subjects()) == 4
    assert set(Message.objects.filter(guard=players.SILENT_GUARD).values_list("status", flat=True)) == {
        "cancelled"
    }
    assert guard_of(players.SILENT_GUARD)(player.pk).code == "came_back"
    assert guard_of(players.BACK_GUARD)(player.pk) is None

    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    assert services.watch_players() == 1
    assert guard_of(players.SILENT_GUARD)(player.pk) is None
    assert guard_of(players.BACK_GUARD)(player.pk).code == "silent_again"
    assert len(subjects()) == 6
    kinds = list(AuditEvent.objects.filter(action__startswith="appeals.player").order_by("pk"))
    assert [one.action.split("_")[1] for one in kinds] == ["silent", "back", "silent"]


def test_a_check_in_from_before_that_is_read_late_does_not_end_it(clock, player) -> None:
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=5))
    services.watch_players()
    checks_in(player, minutes=16)
    assert not any("again" in one for one in subjects())
    player.refresh_from_db()
    assert player.silence_told_at


def test_it_stands_among_the_work_of_the_publicity_desk_alone(
    clock, desk, player, caseworker, kent_officer
) -> None:
    assert player_work(desk.publicity).count == 0
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    queue = player_work(desk.publicity)
    assert [item.words for item in queue.items] == ["Silent: Screen at the station"]
    for stranger in (caseworker.actor, desk.officer, kent_officer.actor):
        assert player_work(stranger) is None


def test_one_that_never_came_is_missed_once_it_had_something_to_show(clock, desk, live) -> None:
    board = making.outlet(Channel.BILLBOARD, "New screen")
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    assert services.watch_players() == 0
    now = timezone.now()
    Placement.objects.create(
        appeal=live,
        outlet=board,
        content=live.contents.get(),
        status=PlacementStatus.LIVE,
        live_at=now,
        planned_at=now,
    )
    assert services.watch_players() == 0
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    assert services.watch_players() == 1
    assert "Last heard of: never" in Message.objects.latest("pk").body


def test_one_that_is_switched_off_is_not_missed_and_in_use_again_is_missed_anew(clock, desk, player) -> None:
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    assert services.watch_players() == 1
    for in_use in (False, True):
        details = verbs.OutletDetails(name=player.name, channel=player.channel, is_active=in_use)
        verbs.change_outlet(actor=desk.publicity, reference=player.reference, details=details)
        assert services.watch_players() == int(in_use)


def test_a_feed_that_nobody_reads_is_no_player(clock, desk) -> None:
    making.outlet(Channel.MEDIA_FEED, "Feed", last_heard_at=timezone.now())
    clock.shift(timedelta(days=1))
    assert services.watch_players() == 0


def test_the_page_of_outlets_says_so(clock, client, player, publicity_officer) -> None:
    publicity_officer.sign_in(client)
    assert "Silent" not in client.get("/appeals/outlets/").content.decode()
    clock.shift(PLAYER_SILENT_AFTER + timedelta(minutes=1))
    services.watch_players()
    assert "Silent" in client.get("/appeals/outlets/").content.decode()
