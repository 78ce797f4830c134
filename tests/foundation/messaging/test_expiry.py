"""What is too late: queued past its time, or sent and never heard of again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging.conftest import again, log_of, queue, receipt

pytestmark = pytest.mark.django_db


def sent() -> Message:
    row = queue()
    messaging.send_one(message_id=row.pk)
    return again(row)


def test_a_receipt_that_never_came_is_asked_for_once_and_the_answer_holds(provider) -> None:
    provider.break_(FaultKind.RECEIPTS_LOST)
    row = sent()
    provider.wait_until_told()
    Message.objects.update(valid_until=timezone.now() - timedelta(hours=1))

    assert messaging.expire_unheard() == 1

    assert again(row).status == "delivered"
    assert log_of(row)[-1] == "found"


def test_a_text_never_heard_of_again_expires(provider, settings) -> None:
    row = sent()
    Message.objects.update(valid_until=timezone.now() - timedelta(hours=1))
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"

    assert messaging.expire_unheard() == 1

    now = again(row)
    assert (now.status, now.failed_code) == ("expired", "no_receipt")
    assert now.failed_reason == "No receipt came in time."
    receipt(row, "delivered", sid=now.provider_id)
    messaging.read_statuses()
    assert again(row).status == "delivered"


def test_a_text_is_given_time_to_be_heard_of(provider) -> None:
    row = sent()
    Message.objects.update(valid_until=timezone.now() - timedelta(minutes=1))

    assert messaging.expire_unheard() == 0
    assert again(row).status == "sent"


def test_what_is_queued_past_its_time_expires_also_while_everything_is_stopped(
    provider, administrator
) -> None:
    row, other = queue(), queue()
    messaging.switches.stop(actor=administrator.actor, service="*", reason="A drill.")
    Message.objects.filter(pk=row.pk).update(valid_until=timezone.now())

    assert messaging.expire_queued() == 1

    assert (again(row).status, again(other).status) == ("expired", "queued")
    assert log_of(row) == ["expired"]
