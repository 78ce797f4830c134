"""Sending one message: claim, last look, provider, ending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.models import Message, Suppression
from foundation.messaging.services import send as sending
from foundation.messaging.services.claim import Claim, claim_one
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import again, log_of, queue, receipt

pytestmark = pytest.mark.django_db


def test_a_message_is_claimed_then_sent_and_its_owner_told(provider) -> None:
    row = queue()

    assert messaging.send_one(message_id=row.pk)

    (text,) = provider.texts()
    now = again(row)
    assert (now.status, now.provider, now.provider_id) == ("sent", "twilio", text["sid"])
    assert text["reference"] == row.reference
    assert 1700 < text["validity_seconds"] <= 1800
    assert now.sent_at is not None
    assert log_of(row) == ["claimed", "accepted"]
    messaging.tell_all()
    assert (row.owner_id, "sent") in board.told


def test_a_message_is_not_sent_twice(provider) -> None:
    row = queue()

    assert messaging.send_one(message_id=row.pk)
    assert not messaging.send_one(message_id=row.pk)
    assert provider.accepted() == 1


def test_the_sender_of_a_service_is_its_own(provider, settings) -> None:
    settings.MESSAGE_SENDERS = {"sms:plain": "60777"}
    messaging.send_one(message_id=queue().pk)

    assert provider.texts()[0]["sender"] == "60777"


def test_a_message_waits_for_its_time(provider) -> None:
    row = queue(not_before=timezone.now() + timedelta(minutes=5))

    assert not messaging.send_one(message_id=row.pk)
    assert messaging.send_due(lane="normal") == 0
    assert again(row).status == "queued"


def test_a_guard_that_refuses_after_the_claim_cancels_without_a_call(provider) -> None:
    row = queue()
    board.refusing.add(row.owner_id)

    messaging.send_one(message_id=row.pk)

    now = again(row)
    assert (now.status, now.failed_code) == ("cancelled", "located")
    assert log_of(row) == ["claimed", "refused"]
    assert provider.accepted() == 0


def test_a_guard_runs_at_every_attempt(provider) -> None:
    row = queue()
    provider.break_(FaultKind.BUSY, times=1)
    messaging.send_one(message_id=row.pk)
    board.refusing.add(row.owner_id)
    Message.objects.update(next_attempt_at=timezone.now())

    messaging.send_one(message_id=row.pk)

    assert board.asked == [row.owner_id, row.owner_id]
    assert again(row).status == "cancelled"


def test_a_guard_that_breaks_sends_nothing_and_is_tried_later_then_given_up(provider) -> None:
    row = queue()
    board.breaking.add(row.owner_id)

    messaging.send_one(message_id=row.pk)
    assert again(row).status == "queued"
    assert again(row).next_attempt_at > timezone.now()
    for _ in range(2):
        Message.objects.update(next_attempt_at=timezone.now())
        messaging.send_one(message_id=row.pk)

    assert (again(row).status, again(row).failed_code) == ("failed", "attempts_used_up")
    assert provider.accepted() == 0


def test_a_message_past_its_time_is_never_sent(provider) -> None:
    row = queue(valid_until=timezone.now() + timedelta(milliseconds=1))

    messaging.send_one(message_id=row.pk)

    assert again(row).status == "expired"
    assert provider.accepted() == 0


def test_a_message_whose_time_passes_during_its_check_is_not_sent(provider) -> None:
    row = queue()
    board.hooks.append(lambda _: setattr(claim.message, "valid_until", timezone.now()))
    claim = claim_one(message_id=row.pk)

    sending.carry_out(claim)

    assert again(row).status == "expired"
    assert provider.accepted() == 0


def test_too_many_requests_waits_as_asked_without_using_up_an_attempt(provider) -> None:
    provider.break_(FaultKind.BUSY, times=1, seconds=7)
    row = queue()

    messaging.send_one(message_id=row.pk)

    now = again(row)
    assert (now.status, now.attempts, now.claim_token) == ("queued", 0, None)
    assert now.next_attempt_at > timezone.now()
    assert log_of(row) == ["claimed", "not_accepted"]
    Message.objects.update(next_attempt_at=timezone.now())
    messaging.send_one(message_id=row.pk)
    assert again(row).status == "sent"


def test_a_refusal_for_good_fails_with_a_reason_in_words(provider) -> None:
    row = queue(to="+447700900901")

    messaging.send_one(message_id=row.pk)

    now = again(row)
    assert (now.status, now.failed_code) == ("failed", "21211")
    assert now.failed_reason == "The number is not a valid phone number."
    assert log_of(row) == ["claimed", "rejected"]


def test_an_opt_out_that_only_the_provider_knew_enters_the_ledger(provider) -> None:
    row = queue(to="+447700900904")

    messaging.send_one(message_id=row.pk)

    assert again(row).status == "suppressed"
    assert messaging.is_suppressed("plain", "sms", "+447700900904")
    assert Suppression.objects.get().cause == "provider"


def test_a_provider_out_of_reach_is_tried_again_with_growing_waits_then_given_up(provider, settings) -> None:
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"
    row = queue()
    waits = []

    for _ in range(3):
        Message.objects.update(next_attempt_at=timezone.now())
        messaging.send_one(message_id=row.pk)
        waits.append(again(row).next_attempt_at - timezone.now())

    assert timedelta(seconds=2) < waits[0] <= timedelta(seconds=5)
    assert timedelta(seconds=4) < waits[1] <= timedelta(seconds=10)
    assert (again(row).status, again(row).failed_code) == ("failed", "attempts_used_up")


@pytest.mark.parametrize("fault", [FaultKind.CUT_AFTER, FaultKind.CUT_BEFORE, FaultKind.FAULT_AFTER])
def test_an_outcome_nobody_knows_is_unknown_and_is_not_sent_again(provider, fault: FaultKind) -> None:
    provider.break_(fault, times=1)
    row = queue()

    messaging.send_one(message_id=row.pk)
    messaging.send_one(message_id=row.pk)
    messaging.send_due(lane="normal")

    assert again(row).status == "unknown"
    assert log_of(row) == ["claimed", "unknown"]


def test_a_gateway_that_breaks_leaves_the_outcome_unknown(settings) -> None:
    settings.GATEWAYS = {**settings.GATEWAYS, "sms": "tests.foundation.messaging.nowhere.Nothing"}
    row = queue()

    messaging.send_one(message_id=row.pk)

    assert again(row).status == "unknown"


def test_a_claim_held_too_long_is_put_back_uncalled(provider) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    old = Claim(claim.message, claim.token, claim.at - timedelta(minutes=2))

    sending.carry_out(old)

    now = again(row)
    assert (now.status, now.attempts) == ("queued", 0)
    assert log_of(row) == ["claimed", "released"]
    assert provider.accepted() == 0


def test_a_late_no_clears_up_what_the_sweeper_called_unknown(provider) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    messaging.find_lost_claims()
    assert again(row).status == "unknown"
    provider.break_(FaultKind.BUSY, times=1)

    sending.carry_out(claim)

    assert again(row).status == "queued"


def test_a_late_yes_clears_up_what_the_sweeper_called_unknown(provider) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=4))
    messaging.find_lost_claims()

    sending.carry_out(claim)

    assert again(row).status == "sent"


def test_a_receipt_quicker_than_the_answer_leaves_one_delivered_message(provider) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    receipt(row, "delivered", sid="SMquick")
    messaging.read_statuses()
    assert (again(row).status, again(row).provider_id) == ("delivered", "SMquick")

    sending.carry_out(claim)

    now = again(row)
    assert (now.status, now.provider_id) == ("delivered", "SMquick")
    assert log_of(row) == ["claimed", "receipt", "accepted"]


def test_a_provider_id_is_filled_in_where_a_receipt_brought_none(provider) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    receipt(row, "delivered", sid="SMquick")
    messaging.read_statuses()
    Message.objects.update(provider_id="")

    sending.carry_out(claim)

    assert again(row).provider_id == provider.texts()[0]["sid"]


def test_messages_of_a_service_no_longer_on_the_switchboard_wait(provider, settings) -> None:
    row = queue(service="quiet")
    settings.SWITCHBOARD = "config.switchboard"

    assert not messaging.send_one(message_id=row.pk)
    assert again(row).status == "queued"


def test_a_mail_goes_the_same_way(provider) -> None:
    row = queue(channel="email", to="Someone@Example.org", subject="Hello", body="A letter")

    messaging.send_one(message_id=row.pk)

    (mail,) = provider.mails()
    assert mail["subject"] == "Hello"
    assert again(row).status == "sent"
    assert again(row).to == "someone@example.org"
