"""Both nights on which the clocks change: nothing goes out at night, nothing twice, nothing is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from foundation.messaging import services as messaging
from foundation.messaging.enums import Lane
from foundation.sandbox.control import Control
from tests.faults.counting import account
from tests.faults.flood import Flood
from textsafe.services import due

LONDON = ZoneInfo("Europe/London")
CALM = 3  # asked for at low risk: they wait for the morning
URGENT = 2  # asked for at medium risk: they go at once, in the very minutes of the change


@pytest.mark.parametrize(
    ("fault", "change", "evening", "morning"),
    [
        (
            "clocks go forward",
            datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
            datetime(2027, 3, 27, 23, 0, tzinfo=UTC),
            datetime(2027, 3, 28, 6, 0, tzinfo=UTC),
        ),
        (
            "clocks go back",
            datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
            datetime(2027, 10, 30, 22, 0, tzinfo=UTC),
            datetime(2027, 10, 31, 7, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_night(
    committing_db: str,
    redis_url: str,
    provider: Control,
    flood: Flood,
    settings: Any,
    fault: str,
    change: datetime,
    evening: datetime,
    morning: datetime,
) -> None:
    settings.TWILIO_TIMEOUT = 60  # a busy machine is no silence of the provider
    assert (change - timedelta(seconds=1)).astimezone(LONDON).utcoffset() != change.astimezone(
        LONDON
    ).utcoffset()
    assert [moment.astimezone(LONDON).hour for moment in (evening, morning)] == [23, 7]
    with time_machine.travel(evening) as clock:
        for _ in range(CALM):
            flood.ask(level="low")
        at_each(clock, (change - timedelta(seconds=30),))
        for _ in range(URGENT):
            flood.ask()
        at_each(clock, night(change, morning))
        assert provider.accepted() == URGENT
        at_each(clock, (morning, morning + timedelta(minutes=1)))
        account(fault, flood, provider, hit=CALM + URGENT)


def night(change: datetime, morning: datetime) -> Sequence[datetime]:
    """Every half hour from the change, so each wall-clock time that happens twice, to just before seven."""
    halves = [change + timedelta(minutes=30 * turn) for turn in range(5)]
    return [*halves, morning - timedelta(hours=1), morning - timedelta(seconds=10)]


def at_each(clock: time_machine.Coordinates, moments: Sequence[datetime]) -> None:
    """Do at each moment what beat has the workers do."""
    for moment in moments:
        clock.move_to(moment)
        due.release_due()
        for lane in Lane:
            messaging.send_due(lane=lane)
        messaging.tell_all()
