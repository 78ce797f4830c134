"""Receipts: right when early, doubled, out of order, forged or never; never backwards."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Attempt, Message, RawCallback, Receipt
from foundation.messaging.services.claim import claim_one
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import again, queue, receipt

pytestmark = pytest.mark.django_db


def sent() -> Message:
    row = queue()
    messaging.send_one(message_id=row.pk)
    return again(row)


def test_a_delivery_receipt_settles_the_message_and_its_owner_hears(provider) -> None:
    row = sent()
    raw = receipt(row, "delivered")

    assert messaging.read_statuses() == 1

    now = again(row)
    assert (now.status, now.delivered_at, now.settled_at is not None) == (
        "delivered",
        raw.received_at,
        True,
    )
    assert RawCallback.objects.get().result == "applied"
    messaging.tell_all()
    assert board.told == [(row.owner_id, "sent"), (row.owner_id, "delivered")]


def test_an_undelivered_receipt_fails_the_message_with_its_reason_in_words(provider) -> None:
    row = sent()
    receipt(row, "undelivered", code="30005")

    messaging.read_statuses()

    now = again(row)
    assert (now.status, now.failed_code) == ("failed", "30005")
    assert now.failed_reason == "The number is unknown or no longer in use."


def test_a_text_too_old_for_the_network_has_expired(provider) -> None:
    row = sent()
    receipt(row, "undelivered", code="30036")

    messaging.read_statuses()

    assert (again(row).status, again(row).failed_code) == ("expired", "30036")


def test_a_failure_without_a_code_still_has_one(provider) -> None:
    row = sent()
    receipt(row, "failed")

    messaging.read_statuses()

    assert (again(row).status, again(row).failed_code) == ("failed", "failed")


def test_a_doubled_receipt_changes_nothing_more(provider) -> None:
    row = sent()
    receipt(row, "delivered")
    messaging.read_statuses()
    first = again(row).delivered_at
    receipt(row, "delivered")
    messaging.read_statuses()
    messaging.tell_all()

    assert again(row).delivered_at == first
    assert Receipt.objects.filter(message=row).count() == 2
    assert board.told == [(row.owner_id, "sent"), (row.owner_id, "delivered")]


@pytest.mark.parametrize("later", ["queued", "sending", "sent", "undelivered", "failed", "canceled"])
def test_nothing_takes_a_delivery_back(provider, later: str) -> None:
    row = sent()
    receipt(row, "delivered")
    messaging.read_statuses()
    receipt(row, later)
    messaging.read_statuses()

    assert again(row).status == "delivered"


@pytest.mark.parametrize(
    "order", [["sent", "delivered"], ["delivered", "sent"], ["delivered", "queued", "sent"]]
)
@pytest.mark.parametrize("at_once", [True, False])
def test_the_order_of_receipts_does_not_matter(provider, order: list[str], at_once: bool) -> None:
    row = sent()
    for status in order:
        receipt(row, status)
        if not at_once:
            messaging.read_statuses()
    messaging.read_statuses()

    assert again(row).status == "delivered"


def test_a_delivery_after_a_failure_shows_the_delivery(provider) -> None:
    row = sent()
    receipt(row, "undelivered", code="30008")
    messaging.read_statuses()
    receipt(row, "delivered")
    messaging.read_statuses()

    assert (again(row).status, again(row).failed_code) == ("delivered", "")


@pytest.mark.parametrize(
    ("status", "ends"), [("sent", "sent"), ("delivered", "delivered"), ("undelivered", "failed")]
)
def test_a_receipt_before_the_answer_finds_its_message_by_our_reference(status: str, ends: str) -> None:
    row = queue()
    claim_one(message_id=row.pk)
    receipt(row, status, sid="SM9")

    messaging.read_statuses()

    assert (again(row).status, again(row).provider_id) == (ends, "SM9")


@pytest.mark.parametrize(("status", "ends"), [("sent", "sent"), ("delivered", "delivered")])
def test_a_receipt_for_what_we_held_for_cancelled_shows_that_it_went_out(status: str, ends: str) -> None:
    row = queue()
    messaging.cancel_for_owner(
        actor=Actor.system("test"),
        owner_label="test.Owner",
        owner_ids=[row.owner_id],
        cause="located",
    )
    receipt(row, status, sid="SM9")

    messaging.read_statuses()

    assert again(row).status == ends


def test_a_receipt_without_our_reference_is_matched_by_the_providers_id(provider) -> None:
    row = sent()
    receipt(row, "delivered", named=False)

    messaging.read_statuses()

    assert again(row).status == "delivered"


def test_a_receipt_for_an_id_not_yet_written_down_waits_and_is_matched_then() -> None:
    row = queue()
    claim_one(message_id=row.pk)
    receipt(row, "delivered", sid="SM9", named=False)
    messaging.read_statuses()
    assert RawCallback.objects.get().processed_at is None
    assert again(row).status == "sending"

    Message.objects.filter(pk=row.pk).update(provider_id="SM9")
    RawCallback.objects.update(due_at=timezone.now())
    messaging.read_statuses()

    assert again(row).status == "delivered"


def test_a_receipt_of_nobody_is_laid_aside_in_the_end() -> None:
    row = queue()
    receipt(row, "delivered", sid="SMnobody", named=False)
    RawCallback.objects.update(received_at=timezone.now() - timedelta(hours=2))

    messaging.read_statuses()

    assert RawCallback.objects.get().result == "unmatched"
    assert again(row).status == "queued"


@pytest.mark.parametrize("status", ["", "received", "receiving", "nonsense"])
def test_what_is_no_receipt_is_laid_aside(status: str) -> None:
    row = queue()
    receipt(row, status)

    messaging.read_statuses()

    assert RawCallback.objects.get().result == "unreadable"
    assert not Receipt.objects.exists()


def test_a_forged_receipt_is_never_read() -> None:
    row = queue()
    messaging.store_raw(
        provider="twilio",
        kind="status",
        query=f"m={row.reference}",
        body="MessageSid=SM1&MessageStatus=delivered",
        signature_ok=False,
    )

    assert messaging.read_statuses() == 0
    assert again(row).status == "queued"


def test_one_named_callback_is_read_once() -> None:
    row = queue()
    claim_one(message_id=row.pk)
    raw = receipt(row, "delivered", sid="SM9")

    assert messaging.read_statuses(raw_id=raw.pk) == 1
    assert messaging.read_statuses(raw_id=raw.pk) == 0


def test_a_second_message_under_our_reference_is_reported(provider, caplog) -> None:
    row = sent()
    receipt(row, "delivered", sid="SMother")

    with caplog.at_level("ERROR"):
        messaging.read_statuses()

    assert "message_doubled" in caplog.text


def test_a_batch_is_applied_in_few_queries(provider, django_assert_max_num_queries) -> None:
    rows = [queue() for _ in range(30)]
    for number, row in enumerate(rows):
        claim_one(message_id=row.pk)
        receipt(row, "delivered", sid=f"SM{number}")

    with django_assert_max_num_queries(20):
        messaging.read_statuses()

    assert {again(row).status for row in rows} == {"delivered"}
    assert [again(row).provider_id for row in rows] == [f"SM{number}" for number in range(30)]


@pytest.mark.parametrize("model", [Attempt, Receipt])
def test_the_database_refuses_to_change_the_log(provider, model) -> None:
    row = sent()
    receipt(row, "delivered")
    messaging.read_statuses()
    one = model.objects.filter(message=row).first()

    for change in (lambda: model.objects.filter(pk=one.pk).update(code="x"), one.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
