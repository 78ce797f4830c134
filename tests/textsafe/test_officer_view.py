"""The officer sees Sent, Delivered or Not sent; why it was not sent shows neither in words nor in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from textsafe.enums import OfficerStatus, RequestStatus
from textsafe.officer import OfficerView, officer_view

CLOSES = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
MOMENTS = [CLOSES + timedelta(minutes=minutes) for minutes in (-240, -1, 0, 1, 600)]
HELD_BACK = [
    RequestStatus.REQUESTED,
    RequestStatus.APPROVED,
    RequestStatus.REFUSED,
    RequestStatus.QUEUED,
    RequestStatus.FAILED,
    RequestStatus.EXPIRED,
    RequestStatus.SUPPRESSED,
    RequestStatus.CANCELLED,
]


def view(status, *, now, sent_at=None, delivered_at=None):
    return officer_view(status=status, sent_at=sent_at, delivered_at=delivered_at, closes_at=CLOSES, now=now)


@pytest.mark.parametrize("now", MOMENTS)
def test_every_cause_of_not_sent_looks_the_same_at_every_moment(now):
    views = {view(status, now=now) for status in HELD_BACK}
    expected = OfficerStatus.NOT_SENT if now >= CLOSES else OfficerStatus.WAITING
    assert views == {OfficerView(expected)}


@pytest.mark.parametrize("status", list(RequestStatus))
def test_a_text_that_was_handed_over_reads_sent_whatever_became_of_it(status):
    for now in MOMENTS:
        assert view(status, now=now, sent_at=SENT) == OfficerView(OfficerStatus.SENT, SENT, None)


def test_delivered_comes_with_both_times():
    delivered = SENT + timedelta(minutes=1)
    seen = view(RequestStatus.DELIVERED, now=CLOSES, sent_at=SENT, delivered_at=delivered)
    assert seen == OfficerView(OfficerStatus.DELIVERED, SENT, delivered)


@pytest.mark.parametrize("status", [RequestStatus.SENDING, RequestStatus.UNKNOWN])
def test_nobody_says_not_sent_of_a_text_that_may_have_gone(status):
    for now in MOMENTS:
        assert view(status, now=now) == OfficerView(OfficerStatus.WAITING)


def test_all_statuses_are_told_apart_on_purpose():
    told = {*HELD_BACK, RequestStatus.SENDING, RequestStatus.UNKNOWN}
    assert set(RequestStatus) - told == {RequestStatus.SENT, RequestStatus.DELIVERED}
