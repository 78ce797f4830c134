"""What a message meets before it may be claimed: suppression, cap, rate, the allow list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Message, RateLimit
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, queue

pytestmark = pytest.mark.django_db


def test_a_number_that_may_not_be_dialled_here_is_not_dialled(provider, settings) -> None:
    settings.DIALLABLE_NUMBERS = ["+447400123456"]
    row = queue(to="+447400123456")
    settings.DIALLABLE_NUMBERS = []

    messaging.send_one(message_id=row.pk)

    assert (again(row).status, again(row).failed_code) == ("failed", "not_dialled_here")
    assert provider.accepted() == 0


def test_a_suppressed_number_gets_nothing(provider) -> None:
    messaging.suppress(
        actor=Actor.system("test"), service="plain", channel="sms", to=NUMBER, cause="helpline"
    )
    row = queue()

    messaging.send_one(message_id=row.pk)

    assert (again(row).status, again(row).failed_code) == ("suppressed", "suppressed")
    assert provider.accepted() == 0


def test_a_stop_that_comes_between_claim_and_call_is_obeyed(provider) -> None:
    row = queue()
    board.hooks.append(
        lambda _: messaging.suppress(
            actor=Actor.system("test"), service="plain", channel="sms", to=NUMBER, cause="stop"
        )
    )

    messaging.send_one(message_id=row.pk)

    assert again(row).status == "suppressed"
    assert provider.accepted() == 0


def test_the_second_text_of_a_day_to_one_number_is_capped(provider) -> None:
    first, second = queue(service="textsafe"), queue(service="textsafe")
    other = queue(service="textsafe", to="07700 900124")

    for row in (first, second, other):
        messaging.send_one(message_id=row.pk)

    assert [again(row).status for row in (first, second, other)] == ["sent", "suppressed", "sent"]
    assert again(second).failed_code == "capped"
    assert provider.accepted() == 2


def test_a_day_later_the_number_may_be_written_to_again(provider) -> None:
    first = queue(service="textsafe")
    messaging.send_one(message_id=first.pk)
    Message.objects.filter(pk=first.pk).update(claimed_at=timezone.now() - timedelta(hours=24, seconds=1))
    second = queue(service="textsafe")

    messaging.send_one(message_id=second.pk)

    assert again(second).status == "sent"


def test_an_organisation_over_its_rate_waits_and_others_go(provider, met, kent) -> None:
    RateLimit.objects.create(organisation=met, service="plain", count=2, seconds=3600)
    mine = [queue(organisation_id=met.pk) for _ in range(3)]
    theirs = queue(organisation_id=kent.pk)

    for row in (*mine, theirs):
        messaging.send_one(message_id=row.pk)

    assert [again(row).status for row in mine] == ["sent", "sent", "queued"]
    assert again(theirs).status == "sent"
    waits = again(mine[2]).next_attempt_at - again(mine[0]).claimed_at
    assert waits == timedelta(seconds=3600)


def test_a_rate_holds_within_one_batch_too(provider, met) -> None:
    RateLimit.objects.create(organisation=met, service="plain", count=1, seconds=60)
    rows = [queue(organisation_id=met.pk, lane="bulk") for _ in range(2)]

    messaging.send_due(lane="bulk")

    assert sorted(again(row).status for row in rows) == ["queued", "sent"]
