"""Deliveries of a broadcast: every way tried, and receipts that never take them back."""

from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging import tasks
from foundation.messaging.enums import DeliveryStatus
from foundation.messaging.models import Broadcast, Delivery, DeliveryEntry
from foundation.messaging.services.expiry import GRACE
from foundation.messaging.services.handing import reference_of
from foundation.messaging.services.parts import take_next
from foundation.messaging.states import DELIVERY
from foundation.states import IllegalMove, move_many
from tests.foundation.messaging.test_broadcast import _fast, begin, statuses  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def told(row: Broadcast, number: int, status: str, *, code: str = "", sid: str = "SM1") -> None:
    form = {"MessageSid": sid, "MessageStatus": status, "ErrorCode": code}
    messaging.store_raw(
        provider="twilio",
        kind="status",
        query=f"m={reference_of(row, number)}",
        body=urlencode(form),
        signature_ok=True,
    )


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        (["sent", "delivered"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["delivered", "delivered"], "delivered"),
        (["delivered", "undelivered"], "delivered"),
        (["undelivered", "delivered"], "delivered"),
        (["undelivered"], "failed"),
        (["sent"], "sent"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_receipts_of_deliveries_never_go_back(provider, said, ends, at_once) -> None:
    row = begin(2)
    messaging.send_broadcasts(lane="alert")
    for status in said:
        told(row, 1, status)
        if not at_once:
            messaging.read_statuses()
    messaging.read_statuses()

    assert statuses(row) == [ends, "sent"]
    assert DeliveryEntry.objects.filter(outcome="receipt").count() == len(said)


def test_an_early_receipt_an_unknown_one_and_one_too_old_are_right(provider) -> None:
    row = begin(2)
    take_next(row, line_id=None, most=100)
    told(row, 1, "delivered")
    told(row, 2, "undelivered", code="30036")
    told(Broadcast(reference="b" + "0" * 16), 1, "delivered")

    messaging.read_statuses()

    assert statuses(row) == ["delivered", "expired"]
    assert row.deliveries.get(number=2).failed_code == "30036"


def test_the_log_of_deliveries_cannot_be_changed(provider) -> None:
    begin(1)
    messaging.send_broadcasts(lane="alert")

    with pytest.raises(DatabaseError), transaction.atomic():
        DeliveryEntry.objects.update(code="x")


@pytest.mark.parametrize("source", DeliveryStatus.values)
@pytest.mark.parametrize("to", DeliveryStatus.values)
def test_a_delivery_moves_by_its_table_and_no_other_way(source: str, to: str) -> None:
    row = begin(1)
    take_next(row, line_id=None, most=100)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE messaging_delivery SET status = %s, claim_token = gen_random_uuid(), claimed_at = now()",
            [source],
        )

    if (source, to) in DELIVERY.by_pair:
        moved = move_many(Delivery.objects.all(), DELIVERY, source, to, actor=SYSTEM, audited=False)
        assert [pk[0] for pk in moved] == [row.pk]
    else:
        with pytest.raises(IllegalMove):
            move_many(Delivery.objects.all(), DELIVERY, source, to, actor=SYSTEM, audited=False)


def test_a_delivery_never_heard_of_again_expires_and_a_late_receipt_still_counts(provider) -> None:
    row = begin(4)
    messaging.send_broadcasts(lane="alert")
    told(row, 1, "delivered")
    messaging.read_statuses()
    lost = row.deliveries.filter(number=2)
    lost._update([(Delivery._meta.get_field("status"), None, "unknown")])
    assert messaging.expire_unheard_deliveries() == 0, "its time is not over"
    Broadcast.objects.update(valid_until=timezone.now() - GRACE)

    tasks.expire_deliveries()

    assert statuses(row) == ["delivered", "expired", "expired", "expired"]
    assert set(row.deliveries.filter(status="expired").values_list("failed_code", flat=True)) == {
        "no_receipt"
    }
    assert DeliveryEntry.objects.filter(outcome="expired", code="no_receipt").count() == 3
    told(row, 3, "delivered")
    messaging.read_statuses()
    assert statuses(row) == ["delivered", "expired", "delivered", "expired"]


def test_mail_has_no_receipts_to_wait_for(provider) -> None:
    row = begin(channel="email", to=["one@example.org"])
    messaging.send_broadcasts(lane="alert")
    Broadcast.objects.update(valid_until=timezone.now() - GRACE)

    assert messaging.expire_unheard_deliveries() == 0
    assert statuses(row) == ["sent"]
