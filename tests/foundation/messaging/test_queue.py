"""Queueing a message and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable, UnknownGuard, UnknownService
from foundation.messaging.models import Message
from foundation.messaging.switchboard import ALWAYS

pytestmark = pytest.mark.django_db


def queue(actor, **over):
    given = {
        "channel": "sms",
        "lane": "normal",
        "to": "07700 900123",
        "body": "Hello",
        "service": "plain",
        "owner": ("test.Owner", 1),
        "guard": ALWAYS,
        "organisation_id": None,
        "valid_until": timezone.now() + timedelta(minutes=30),
        "dedupe_key": "test:1",
    }
    return messaging.queue_message(actor=actor, **{**given, **over})


def test_a_queued_message_keeps_its_number_and_text_encrypted(system):
    row = queue(system)

    stored = Message.objects.filter(pk=row.pk).extra(select={"raw": "messaging_message.to || body"}).first()
    assert row.to == "+447700900123"
    assert "7700" not in stored.raw
    assert "Hello" not in stored.raw
    assert row.status == "queued"


def test_the_same_dedupe_key_twice_is_one_message(system):
    assert queue(system).pk == queue(system, body="Another").pk
    assert Message.objects.get().body == "Hello"


@pytest.mark.parametrize("to", ["", "hello", "123", "07700 90012"])
def test_what_is_no_number_is_not_queued(system, to):
    with pytest.raises(InvalidAddress):
        queue(system, to=to)


def test_outside_production_a_real_number_is_not_queued(system, settings):
    with pytest.raises(NotDialable):
        queue(system, to="07400 123456")
    settings.DIALLABLE_NUMBERS = ["+447400123456"]
    assert queue(system, to="07400 123456").to == "+447400123456"


def test_a_guard_or_service_the_switchboard_does_not_name_is_refused(system):
    with pytest.raises(UnknownGuard):
        queue(system, guard="nobody.knows")
    with pytest.raises(UnknownService):
        queue(system, service="nobody")


def test_what_is_queued_is_cancelled_with_its_owner_and_what_is_claimed_is_reported(system):
    queue(system)
    claimed = queue(system, dedupe_key="test:2", owner=("test.Owner", 2))
    other = queue(system, dedupe_key="test:3", owner=("test.Owner", 3))
    Message.objects.filter(pk=claimed.pk).update(
        status="sending", claimed_at=timezone.now(), claim_token="0" * 32
    )

    answer = messaging.cancel_for_owner(
        actor=system, owner_label="test.Owner", owner_ids=[1, 2], cause="located"
    )

    assert answer == ([1], [2])
    assert Message.objects.get(owner_id=1).failed_code == "located"
    assert Message.objects.get(owner_id=1).log.get().outcome == "cancelled"
    other.refresh_from_db()
    assert other.status == "queued"
