"""Figures against cases counted by hand, and what another force may read of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from appeals.enums import Channel, PlacementStatus
from appeals.models import Appeal, Placement
from appeals.selectors.figures import Figures, Line, Period, Spread, figures, percentile
from appeals.views.figures import length, part, period_of
from foundation.audit.models import AuditEvent
from tests.appeals import making

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 10, 12, tzinfo=UTC)
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
LATER = NOON + timedelta(days=40)


def shown(appeal: Appeal, *, asked: datetime, live: datetime, channel: str = Channel.WEBSITE) -> None:
    """First live at a time of our choosing, on one outlet of one channel."""
    Appeal.objects.filter(pk=appeal.pk).update(status="live", requested_at=asked, first_live_at=live)
    Placement.objects.create(
        appeal=appeal,
        outlet=making.outlet(channel),
        content=appeal.contents.latest("number"),
        status=PlacementStatus.LIVE,
        planned_at=live,
        live_at=live,
    )


def taken_down(
    appeal: Appeal, *, told: timedelta | None, gone: timedelta | None, verifiable: bool = True
) -> None:
    """Found at noon; one outlet told and confirmed so long afterwards."""
    Appeal.objects.filter(pk=appeal.pk).update(
        status="withdrawn", withdrawn_at=NOON, withdrawn_cause="stopped", first_live_at=NOON
    )
    status = "confirmed" if gone is not None else "told" if told is not None else "withdrawing"
    Placement.objects.create(
        appeal=appeal,
        outlet=making.outlet(Channel.WEBHOOK, verifiable=verifiable),
        content=appeal.contents.latest("number"),
        status=status,
        planned_at=NOON,
        live_at=NOON,
        withdraw_from=NOON,
        withdrawal_sent_at=None if told is None else NOON + told,
        confirmed_gone_at=None if gone is None else NOON + gone,
        confirmed_by="api" if gone is not None else "",
    )


def read(actor, *, now: datetime = LATER) -> Figures:
    told = figures(actor, JULY, now=now)
    assert told is not None
    return told


def test_a_new_appeal_is_a_first_publication_in_the_period(desk, incident) -> None:
    # The last moment of July in London, the first of August, and one of June that is shown again in July.
    end = datetime(2026, 7, 31, 22, 59, tzinfo=UTC)
    for live in (NOON, end, end + timedelta(minutes=2), datetime(2026, 6, 30, 22, 59, tzinfo=UTC)):
        shown(making.asked(desk.officer, incident), asked=live - timedelta(hours=2), live=live)
    told = read(desk.publicity)
    assert told.total == 2
    assert [line.count for line in told.by_force] == [2]
    assert {line.label: line.count for line in told.by_channel}["Our website"] == 2
    assert told.to_live == Spread(2, 0, timedelta(hours=2), timedelta(hours=2))


def test_a_channel_counts_an_appeal_once(desk, incident) -> None:
    appeal = making.asked(desk.officer, incident)
    for hours, channel in enumerate((Channel.WEBSITE, Channel.MASTODON, Channel.MASTODON)):
        shown(appeal, asked=NOON, live=NOON + timedelta(hours=hours), channel=channel)
    counts = {line.label: line.count for line in read(desk.publicity).by_channel}
    assert (counts["Our website"], counts["Mastodon"], counts["Bluesky"]) == (1, 1, 0)


def test_from_found_to_told_and_to_confirmed_gone(desk, incident) -> None:
    appeal = making.asked(desk.officer, incident)
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    taken_down(appeal, told=minute, gone=hour)
    taken_down(appeal, told=2 * minute, gone=30 * hour)
    taken_down(appeal, told=3 * minute, gone=None)
    taken_down(appeal, told=4 * minute, gone=None, verifiable=False)
    taken_down(appeal, told=None, gone=None)
    told = read(desk.publicity)
    assert told.to_told == Spread(4, 1, 2 * minute, 4 * minute, in_time=4 / 5)
    # The unverifiable one is not waited for; of the other four one was in time, one late, two never came.
    assert told.to_gone == Spread(2, 2, hour, 30 * hour, in_time=1 / 4)
    # An hour after the finding nobody is late.
    early = read(desk.publicity, now=NOON + hour)
    assert early.to_gone.in_time == 1 / 2
    assert early.to_told.in_time == 1


def test_our_own_pages_and_other_causes_are_left_out(desk, incident) -> None:
    appeal = making.asked(desk.officer, incident)
    taken_down(appeal, told=timedelta(0), gone=timedelta(0))
    Placement.objects.filter(appeal=appeal).update(outlet=making.outlet())
    other = making.asked(desk.officer, incident)
    taken_down(other, told=timedelta(0), gone=timedelta(0))
    Appeal.objects.filter(pk=other.pk).update(withdrawn_cause="expired")
    assert read(desk.publicity).to_gone == Spread(0, 0, None, None, in_time=None)


@pytest.mark.parametrize(("others", "told"), [(4, None), (5, 5)])
def test_a_force_reads_its_own_and_of_others_no_small_number(
    desk, incident, kent_officer, others, told
) -> None:
    for _ in range(others):
        shown(making.asked(desk.officer, incident), asked=NOON, live=NOON, channel=Channel.POSTER)
    read_by_kent = read(kent_officer.actor)
    assert read_by_kent.total == 0
    assert read_by_kent.by_force == (Line("All other forces", told),)
    assert all(line.count == 0 for line in read_by_kent.by_channel)
    assert read(desk.officer).total == others


def test_nobody_else_reads_figures(rhi_interviewer) -> None:
    assert figures(rhi_interviewer.actor, JULY, now=LATER) is None


@pytest.mark.parametrize(
    ("values", "percent", "found"),
    [([], 50, None), ([5], 90, 5), ([1, 2], 50, 1), (list(range(1, 11)), 90, 9), ([1, 2, 3], 50, 2)],
)
def test_percentiles_are_values_that_happened(values, percent, found) -> None:
    ordered = [timedelta(seconds=one) for one in values]
    assert percentile(ordered, percent) == (None if found is None else timedelta(seconds=found))


def test_parts_in_words() -> None:
    assert [part(one) for one in (1, 0.999, 0, None)] == ["100%", "99%", "0%", "Nothing to count"]


def test_lengths_in_words() -> None:
    said = [length(timedelta(hours=hours)) for hours in (0.5, 24, 24.5, 72, 73)]
    assert said == ["30 minutes", "1 day", "25 hours", "72 hours", "4 days"]
    assert length(None) == "Nothing to count"


def test_periods_end_today() -> None:
    today = date(2026, 3, 31)
    assert period_of("since_april", today) == Period(date(2025, 4, 1), today)
    assert period_of("since_april", date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 4, 1))
    assert period_of("month", today).first == date(2026, 3, 2)


def test_each_side_opens_its_page_and_the_look_is_on_the_trail(live, publicity_officer, kent_officer) -> None:
    page = publicity_officer.sign_in(Client()).get("/appeals/figures/?period=month").content.decode()
    assert "New appeals: 1" in page
    other = kent_officer.sign_in(Client()).get("/appeals/figures/?period=nonsense").content.decode()
    assert "New appeals: 0" in other
    assert "Under 5" in other
    assert AuditEvent.objects.filter(action="appeals.figures_viewed").count() == 2
