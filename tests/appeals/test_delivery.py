"""Calling outlets: what is claimed, what came of it, who was faster, and the clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from appeals import deadlines, delivery, services
from appeals.channels import bluesky
from appeals.channels.base import Shown, Sight
from appeals.delivery import claims, looking, outcomes
from appeals.delivery.mailing import may_be_published
from appeals.enums import Channel, PlacementStatus
from appeals.models import Appeal, Placement
from foundation.calling import CallFailed
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from missingcases.models import Incident
from tests.appeals import outlets

pytestmark = pytest.mark.django_db
P = PlacementStatus


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


@pytest.fixture
def posted(desk, ready, provider: Control):
    """Live at the partner."""
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    return live


def test_nothing_is_sent_of_an_appeal_that_is_not_live(desk, ready, provider) -> None:
    outlets.mastodon(provider)
    soon = timezone.now() + timedelta(hours=1)
    outlets.publish(desk, ready, publish_at=soon)
    Placement.objects.update(next_at=timezone.now())
    assert delivery.send_appeal(ready.pk) == delivery.send_due() == 0
    assert provider.posts() == []


@pytest.mark.parametrize("why", ["found", "held", "lapsed"])
def test_nothing_is_sent_that_our_pages_would_not_show_even_where_nobody_withdrew_it(
    desk, ready, provider, incident, why
) -> None:
    outlets.mastodon(provider)
    outlets.media()
    live = outlets.publish(desk, ready)
    letter = outlets.of(live, Channel.MEDIA_EMAIL)
    Placement.objects.filter(pk=letter.pk).update(status=P.SENDING)
    assert may_be_published(letter.pk) is None
    now = timezone.now()
    if why == "found":
        Incident.objects.filter(pk=incident.pk).update(status="located", located_at=now)
    elif why == "held":
        Incident.objects.filter(pk=incident.pk).update(starts_held=True)
    else:
        Appeal.objects.filter(pk=live.pk).update(expires_at=now)
    assert delivery.send_appeal(live.pk) == delivery.send_due() == 0
    assert provider.posts() == []
    assert may_be_published(letter.pk).code == "withdrawn"


def test_an_outlet_that_is_down_is_tried_again_on_a_clock(desk, ready, provider) -> None:
    outlets.mastodon(provider)
    live = outlets.publish(desk, ready)
    provider.break_(FaultKind.BUSY)
    delivery.send_appeal(live.pk)
    placement = outlets.of(live, Channel.MASTODON)
    assert (placement.status, placement.problem, placement.tries) == (P.FAILED, "429", 1)
    assert placement.next_at - timezone.now() < timedelta(seconds=2)  # as it wished
    assert delivery.send_due() == 0
    provider.mend()
    outlets.make_due(live)
    assert delivery.send_due() == 1
    assert outlets.of(live, Channel.MASTODON).status == P.LIVE


def test_what_a_dead_worker_had_claimed_is_taken_up_after_its_lease(desk, ready, provider) -> None:
    outlets.mastodon(provider)
    live = outlets.publish(desk, ready)
    rows = outlets.called(live)
    assert len(claims.claim_to_send(rows)) == 1
    assert delivery.send_due() == 0
    assert rows.get().status == P.SENDING
    outlets.make_due(live)
    delivery.send_due()
    assert rows.get().status == P.LIVE
    outlets.withdraw(desk, live)
    assert len(claims.claim_to_tell(rows)) == 1
    assert delivery.tell_due() == 0
    outlets.make_due(live)
    assert delivery.tell_due() == 1
    assert rows.get().status == P.TOLD


@pytest.mark.parametrize(
    "came", [Shown("1", ""), CallFailed("500", unknown=True), CallFailed("400", permanent=True)]
)
def test_what_is_withdrawn_while_it_is_being_published_never_comes_to_life(
    desk, ready, provider, came
) -> None:
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    rows = outlets.called(live)
    (claim,) = claims.claim_to_send(rows)
    outlets.withdraw(desk, live)
    outcomes.settle_sent({claim: came})
    row = rows.get()
    assert row.status == P.WITHDRAWING
    assert row.next_at <= timezone.now()
    assert (row.remote_id == "1") == isinstance(came, Shown)


@pytest.mark.parametrize("told_first", [False, True])
def test_an_answer_that_comes_after_the_takedown_has_it_taken_down_again(
    desk, ready, provider, told_first
) -> None:
    outlets.bluesky(provider)
    live = outlets.publish(desk, ready)
    rows = outlets.called(live)
    (claim,) = claims.claim_to_send(rows)
    outlets.withdraw(desk, live)
    if told_first:
        delivery.tell_outlets(live.pk)
        row = rows.get()
        # It may still arrive, so that it is not there yet proves nothing.
        assert row.status == P.TOLD
        assert row.next_at > timezone.now() + deadlines.LEASE / 2
        outlets.make_due(live)
        delivery.tell_due()
        assert rows.get().status == P.CONFIRMED
    outcomes.settle_sent({claim: Shown("at://x", "")})
    row = rows.get()
    assert row.status == P.WITHDRAWING
    assert outlets.ledger(row)[-1] == "published_late"
    delivery.tell_due()
    assert rows.get().status == P.CONFIRMED


def test_a_takedown_goes_on_for_a_day_and_beyond(desk, posted, provider) -> None:
    provider.break_(FaultKind.FAULT)
    outlets.withdraw(desk, posted)
    for _ in range(100):
        delivery.tell_due()
        outlets.make_due(posted)
    placement = outlets.of(posted, Channel.WEBHOOK)
    assert (placement.status, placement.problem, placement.tries) == (P.WITHDRAWING, "500", 100)
    assert outlets.ledger(placement).count("not_told") == 100
    provider.mend()
    delivery.tell_due()
    assert outlets.of(posted, Channel.WEBHOOK).status == P.CONFIRMED


def test_an_outlet_that_says_nothing_is_chased_until_a_person_has_to(desk, posted) -> None:
    Placement.objects.update(remote_url="")
    outlets.withdraw(desk, posted)
    delivery.tell_outlets(posted.pk)
    placement = outlets.of(posted, Channel.WEBHOOK)
    assert placement.next_at == placement.withdrawal_sent_at + deadlines.CHASE_AFTER[0]
    for _ in deadlines.CHASE_AFTER:
        outlets.make_due(posted)
        delivery.tell_due()
    placement.refresh_from_db()
    assert (placement.status, placement.chased, placement.next_at) == (P.TOLD, 4, None)
    assert outlets.ledger(placement) == ["to_be_told", "told", *["told_again"] * 4]


def test_an_outlet_that_is_told_again_and_does_not_answer_stays_told(desk, posted, provider) -> None:
    Placement.objects.update(remote_url="")
    outlets.withdraw(desk, posted)
    delivery.tell_outlets(posted.pk)
    provider.break_(FaultKind.FAULT)
    outlets.make_due(posted)
    delivery.tell_due()
    placement = outlets.of(posted, Channel.WEBHOOK)
    assert (placement.status, placement.problem) == (P.TOLD, "500")
    assert placement.next_at > timezone.now()


def test_a_look_that_comes_late_changes_nothing(desk, posted) -> None:
    outlets.withdraw(desk, posted)
    rows = outlets.called(posted)
    (claim,) = claims.claim_to_tell(rows)
    looking.settle_looked({claim: Sight.GONE})  # not told yet
    assert rows.get().status == P.WITHDRAWING


def test_one_that_is_slow_keeps_nobody_from_being_told(desk, ready, provider, settings) -> None:
    settings.OUTLET_TIMEOUT = 3
    outlets.mastodon(provider)
    outlets.partner(provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    provider.break_(FaultKind.SLOW, to="mastodon", seconds=4)
    outlets.withdraw(desk, live)
    delivery.tell_outlets(live.pk)
    slow, quick = outlets.of(live, Channel.MASTODON), outlets.of(live, Channel.WEBHOOK)
    assert (slow.status, slow.problem) == (P.WITHDRAWING, "no_answer")
    assert quick.status == P.CONFIRMED
    assert quick.withdrawal_sent_at - quick.withdraw_from < timedelta(seconds=2.5)


def test_a_paused_appeal_is_taken_down_and_published_anew(desk, posted, provider) -> None:
    services.pause(actor=desk.publicity, appeal_id=posted.pk, reason="For a day.")
    delivery.tell_due()
    assert [post["shown"] for post in provider.posts()] == [False]
    services.resume(actor=desk.publicity, appeal_id=posted.pk)
    delivery.send_due()
    assert sorted(post["shown"] for post in provider.posts()) == [False, True]


def test_what_is_shown_goes_on_being_told_without_an_end(desk, posted, provider) -> None:
    provider.break_(FaultKind.POST_STAYS)
    outlets.withdraw(desk, posted)
    for _ in range(8):
        delivery.tell_due()
        outlets.make_due(posted)
    placement = outlets.of(posted, Channel.WEBHOOK)
    assert outlets.ledger(placement).count("still_shown") == 8
    assert placement.next_at is not None
