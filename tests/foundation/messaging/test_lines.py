"""Lines: their moments are reserved, never twice, and how long a run takes is known before it begins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging.models import Line
from foundation.messaging.services import lines

pytestmark = pytest.mark.django_db


def line(per_second: int = 100, **over) -> Line:
    return Line.objects.create(name="one", channel="sms", per_second=per_second, **over)


def test_a_lease_is_a_quarter_of_a_second_and_the_next_one_follows_it() -> None:
    row = line(per_second=120, kept_back=20)
    first = lines.lease(line_id=row.pk, wanted=1000)
    assert first is not None
    assert (first.slots, first.apart) == (25, 0.01)
    assert -0.1 <= first.first_in <= 0.01

    assert lines.lease(line_id=row.pk, wanted=5) is None, "a quarter of a second ahead is enough"
    Line.objects.update(next_free_at=timezone.now() + timedelta(seconds=0.1))
    second = lines.lease(line_id=row.pk, wanted=5)
    assert second is not None
    assert second.slots == 5
    assert 0 < second.first_in <= 0.1


def test_an_idle_line_gives_no_burst() -> None:
    row = line(next_free_at=timezone.now() - timedelta(hours=1))
    lease = lines.lease(line_id=row.pk, wanted=1000)
    assert lease is not None
    assert lease.slots == 25
    assert lease.first_in > -0.1


def test_what_a_lease_did_not_use_is_given_back_unless_somebody_came_after_it() -> None:
    row = line()
    lease = lines.lease(line_id=row.pk, wanted=20)
    assert lease is not None
    lines.give_back(line_id=row.pk, lease=lease, unused=20)
    row.refresh_from_db()
    assert row.next_free_at == lease.until - timedelta(seconds=0.2)
    lines.give_back(line_id=row.pk, lease=lease, unused=20)
    row.refresh_from_db()
    assert row.next_free_at == lease.until - timedelta(seconds=0.2)


def test_a_slow_line_still_gives_one_at_a_time() -> None:
    lease = lines.lease(line_id=line(per_second=1).pk, wanted=10)
    assert lease is not None
    assert (lease.slots, lease.apart) == (1, 1.0)


@pytest.mark.parametrize("over", [{"is_on": False}, {"rests_until": "soon"}])
def test_a_line_that_is_off_or_rests_gives_nothing(over) -> None:
    if over.get("rests_until"):
        over = {"rests_until": timezone.now() + timedelta(seconds=5)}
    assert lines.lease(line_id=line(**over).pk, wanted=10) is None


def test_a_rest_is_only_ever_made_longer() -> None:
    row, now = line(), timezone.now()
    lines.rest(line_id=row.pk, until=now + timedelta(seconds=9))
    lines.rest(line_id=row.pk, until=now + timedelta(seconds=5))
    row.refresh_from_db()
    assert row.rests_until == now + timedelta(seconds=9)


def test_a_channel_without_a_line_has_one_at_the_default_pace() -> None:
    assert lines.per_second("sms") == lines.DEFAULT_PER_SECOND
    assert lines.estimate(channel="sms", count=36_000) == timedelta(hours=1)
    assert lines.estimate(channel="sms", count=18_000, segments=2) == timedelta(hours=1)


def test_a_run_that_does_not_get_through_is_refused_in_words() -> None:
    later = timezone.now() + timedelta(hours=48)
    line(per_second=10)
    Line.objects.create(name="two", channel="sms", per_second=100, kept_back=10)

    def refusal(count: int, valid_until=later, channel: str = "sms"):
        return lines.would_overflow(channel=channel, count=count, valid_until=valid_until)

    assert refusal(3_600_000) is None
    assert refusal(3_600_100).code == "queue_overflow"
    late = refusal(360_000, timezone.now() + timedelta(minutes=30))
    assert (late.code, "1 h 0 min" in late.message) == ("too_slow", True)
    Line.objects.update(is_on=False)
    assert refusal(1).code == "no_line"
