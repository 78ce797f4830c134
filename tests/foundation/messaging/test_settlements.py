"""Owners hear how their messages fared: in batches, in order, once."""

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.models import SettlementRow
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import queue, receipt

pytestmark = pytest.mark.django_db


def sent(**over):
    row = queue(**over)
    messaging.send_one(message_id=row.pk)
    return row


def test_everything_is_told_once(provider) -> None:
    rows = [sent() for _ in range(3)]

    assert messaging.tell_all() == 3
    assert messaging.tell_all() == 0
    assert board.told == [(row.owner_id, "sent") for row in rows]


def test_one_that_cannot_be_told_holds_back_only_its_own_later_news(provider) -> None:
    poisoned, healthy = sent(), sent()
    for row in (poisoned, healthy):
        receipt(row, "delivered", sid=f"SM{row.pk}")
    messaging.read_statuses()
    board.deaf_to.add(poisoned.owner_id)

    messaging.tell_all()

    assert board.told == [(healthy.owner_id, "sent"), (healthy.owner_id, "delivered")]
    waiting = SettlementRow.objects.filter(taken_at__isnull=True).order_by("pk")
    assert [(row.status, row.attempts, row.error_kind) for row in waiting] == [
        ("sent", 1, "RuntimeError"),
        ("delivered", 0, ""),
    ]

    board.deaf_to.clear()
    assert messaging.tell_all() == 0
    SettlementRow.objects.update(due_at=timezone.now())
    messaging.tell_all()
    assert board.told[-2:] == [(poisoned.owner_id, "sent"), (poisoned.owner_id, "delivered")]


def test_a_service_that_does_not_listen_piles_nothing_up(provider) -> None:
    sent(service="quiet")

    messaging.tell_all()

    assert not SettlementRow.objects.filter(taken_at__isnull=True).exists()
