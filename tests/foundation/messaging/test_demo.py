"""The demonstration's past is made by the same rules as the present."""

from __future__ import annotations

import pytest

from foundation.messaging import demo
from foundation.messaging.models import Inbound, SettlementRow
from foundation.past import NotTheDemonstration
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, log_of, queue

pytestmark = pytest.mark.django_db


def test_a_text_of_the_past_was_claimed_sent_and_received() -> None:
    row = queue()
    demo.was_sent(row.pk)
    demo.was_received(row.pk)
    assert (again(row).status, log_of(row)) == ("delivered", ["claimed", "accepted", "receipt"])
    assert board.told == [(row.owner_id, "sent"), (row.owner_id, "delivered")]


def test_nothing_is_made_up_on_a_real_server(settings) -> None:
    row = queue()
    settings.IS_PRODUCTION = True
    with pytest.raises(NotTheDemonstration):
        demo.was_sent(row.pk)
    assert again(row).status == "queued"


def test_a_text_that_its_guard_forbids_was_not_sent_in_the_past_either() -> None:
    row = queue()
    board.refusing.add(row.owner_id)
    with pytest.raises(AssertionError, match="located"):
        demo.was_sent(row.pk)


def test_how_a_text_fared_is_taken_as_told_where_nobody_listens() -> None:
    row = queue(service="quiet")
    demo.was_sent(row.pk)
    demo.was_undeliverable(row.pk)
    assert again(row).failed_reason
    assert not SettlementRow.objects.filter(taken_at__isnull=True).exists()


def test_a_reply_is_taken_by_a_service_or_the_making_stops(monkeypatch) -> None:
    demo.wrote_to_us(NUMBER, "are you there")
    assert [service for _, service, _ in board.handed] == ["textsafe"]
    monkeypatch.setattr(board, "INBOUND", {})
    with pytest.raises(LookupError):
        demo.wrote_to_us(NUMBER, "who is this")
    assert Inbound.objects.filter(handed_at__isnull=True).count() == 1
