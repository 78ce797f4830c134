"""After a restore the provider's own list says what was sent: nothing goes twice, caps hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.gateways.base import OutcomeUnknown, Outgoing
from foundation.messaging.gateways.registry import gateway_for
from foundation.messaging.models import Message
from foundation.messaging.services import restored
from tests.foundation.messaging.conftest import NUMBER, again, log_of, queue
from tests.foundation.messaging.test_broadcast import begin, statuses
from tests.processes import wait_until

pytestmark = pytest.mark.django_db


def sent_before_the_loss(to: str = NUMBER, body: str = "Need to talk?") -> str:
    """The provider took a text that this database has forgotten."""
    outgoing = Outgoing(reference="m" + "0" * 24, to=to, body=body)
    return gateway_for("sms").send(outgoing).provider_id


def leaves(provider, count: int) -> None:
    """Until that many have left the provider: only then has it a date of sending."""
    wait_until(
        lambda: sum(one["status"] in {"sent", "delivered"} for one in provider.texts()) >= count,
        "texts to leave",
    )


def take() -> tuple[int, int]:
    answer = restored.take_what_was_sent(timezone.now() - timedelta(hours=1), 7)
    return answer.found, answer.unclear


def test_a_waiting_text_that_went_is_sent_and_goes_no_second_time(provider) -> None:
    row = queue()
    sid = sent_before_the_loss()
    leaves(provider, 1)

    assert take() == (1, 0)
    assert again(row).status in {"sent", "delivered"}
    assert again(row).provider_id == sid
    assert log_of(row)[-1] == "found"
    assert not messaging.send_one(message_id=row.pk)
    assert provider.accepted() == 1
    assert take() == (0, 0), "asked again, there is nothing new"


def test_one_that_nobody_remembers_counts_for_the_cap_and_keeps_no_words(provider) -> None:
    sent_before_the_loss()
    leaves(provider, 1)

    assert take() == (1, 0)
    kept = Message.objects.get()
    assert (kept.service, kept.body, kept.owner_label) == ("textsafe", "", "backups.Hold")
    next_one = queue(service="textsafe")
    messaging.send_one(message_id=next_one.pk)
    assert (again(next_one).status, again(next_one).failed_code) == ("suppressed", "capped")


def test_another_accounts_sender_is_not_ours(provider, settings) -> None:
    sent_before_the_loss()
    leaves(provider, 1)
    settings.TWILIO_SENDER = "+447700900001"
    settings.MESSAGE_SENDERS = {}
    assert take() == (0, 0)


def test_a_number_that_the_provider_erased_is_for_a_person(provider, settings) -> None:
    settings.TWILIO_DISCARD_CONTENT = True
    sent_before_the_loss()
    leaves(provider, 1)
    assert take() == (0, 1)


def test_a_delivery_of_a_broadcast_that_went_is_sent(provider, settings) -> None:
    settings.TWILIO_BASE_URL, reachable = "http://127.0.0.1:9", settings.TWILIO_BASE_URL
    row = begin(2)
    messaging.send_broadcasts(lane="alert")
    settings.TWILIO_BASE_URL = reachable
    assert statuses(row) == ["queued", "queued"], "nobody took them when the backup was made"
    first = row.deliveries.order_by("number")[0]
    sent_before_the_loss(first.to, row.body)
    leaves(provider, 1)
    assert take() == (1, 0)
    assert statuses(row) == ["sent", "queued"]


def test_one_that_still_waits_at_the_provider_is_found_by_its_number(provider, settings) -> None:
    row = queue()
    settings.SANDBOX_PACE = 60
    sent_before_the_loss()
    assert take() == (1, 0)
    assert again(row).status == "sent"


def test_a_provider_that_cannot_be_asked_is_not_taken_for_silence(provider, settings) -> None:
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"
    with pytest.raises(OutcomeUnknown):
        take()


def test_a_channel_whose_provider_keeps_no_list_has_nothing_to_tell(settings) -> None:
    settings.GATEWAYS = {**settings.GATEWAYS, "sms": settings.GATEWAYS["email"]}
    assert take() == (0, 0)
