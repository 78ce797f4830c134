"""An appeal asks before it lapses, and is taken off every outlet when it did."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from appeals import deadlines, services
from appeals.contributions import publicity_work
from appeals.enums import AppealStatus, Channel, PlacementStatus, WithdrawCause
from appeals.models import Appeal, Placement
from foundation.audit.models import AuditEvent
from tests.appeals import making
from tests.missingcases.test_races import at_once


def lapses_in(appeal: Appeal, left: timedelta) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(expires_at=timezone.now() + left)


@pytest.mark.django_db
def test_it_asks_once_three_days_before(desk, live) -> None:
    assert services.ask_before_expiry(now=timezone.now()) == 0
    lapses_in(live, timedelta(days=2))
    assert services.ask_before_expiry(now=timezone.now()) == 1
    assert services.ask_before_expiry(now=timezone.now()) == 0
    assert AuditEvent.objects.filter(action="appeals.expiry_asked", target_id=str(live.pk)).count() == 1
    asked = [item.words for item in publicity_work(desk.publicity).items]
    assert asked == [f"Appeal {live.reference} is about to lapse"]
    live.refresh_from_db()
    assert live.status == AppealStatus.LIVE


@pytest.mark.django_db
def test_a_renewed_appeal_is_asked_about_anew(desk, live) -> None:
    lapses_in(live, timedelta(days=2))
    services.ask_before_expiry(now=timezone.now())
    services.renew(actor=desk.publicity, appeal_id=live.pk)
    assert services.lapse_due(now=timezone.now() + timedelta(days=3)) == 0
    later = timezone.now() + deadlines.LIVES_FOR - timedelta(days=1)
    assert services.ask_before_expiry(now=later) == 1


@pytest.mark.django_db
def test_a_lapsed_appeal_is_withdrawn_and_outlets_are_to_be_told(live) -> None:
    now = timezone.now()
    outside = Placement.objects.create(
        appeal=live,
        outlet=making.outlet(Channel.MASTODON),
        content=live.contents.get(),
        status=PlacementStatus.LIVE,
        live_at=now,
        planned_at=now,
    )
    lapses_in(live, timedelta(seconds=-1))
    assert services.lapse_due(now=now) == 1
    live.refresh_from_db()
    outside.refresh_from_db()
    assert (live.status, live.withdrawn_cause) == (AppealStatus.WITHDRAWN, WithdrawCause.EXPIRED)
    assert outside.status == PlacementStatus.WITHDRAWING
    assert services.lapse_due(now=now) == 0


@pytest.mark.usefixtures("committing_db")
def test_two_workers_and_a_renewal_at_the_same_moment(desk, live) -> None:
    lapses_in(live, timedelta(seconds=-1))
    now = timezone.now()
    at_once(
        lambda: services.lapse_due(now=now),
        lambda: services.lapse_due(now=now),
        lambda: services.renew(actor=desk.publicity, appeal_id=live.pk),
    )
    live.refresh_from_db()
    # Whoever was first is obeyed: it goes on with a new time, or it has ended and tells why.
    if live.status == AppealStatus.WITHDRAWN:
        assert live.withdrawn_cause == WithdrawCause.EXPIRED
    else:
        assert live.expires_at > now


@pytest.mark.usefixtures("committing_db")
def test_two_workers_propose_a_day_once(live) -> None:
    live.contents.update(missing_since=date(2026, 7, 1))
    morning = datetime(2027, 6, 30, 7, 30, tzinfo=UTC)
    at_once(*[lambda: services.propose_for_the_day(now=morning)] * 2)
    assert Appeal.objects.filter(origin="proposed").count() == 1
