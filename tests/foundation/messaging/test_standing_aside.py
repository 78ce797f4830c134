"""Bulk stands aside for a text that hurries, and never for long."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Timer

import pytest
from django.db import connection
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.enums import Lane
from foundation.messaging.models import Message
from foundation.messaging.services import send as sending
from foundation.messaging.services import standing_aside
from tests.foundation.messaging.conftest import again, queue

in_one_transaction = pytest.mark.django_db


def waited() -> float:
    begun = time.monotonic()
    standing_aside.stand_aside()
    return time.monotonic() - begun


@in_one_transaction
@pytest.mark.parametrize("lane", ["alert", "urgent"])
@pytest.mark.parametrize("status", ["queued", "sending"])
def test_it_waits_while_a_text_that_hurries_is_under_way_but_not_for_ever(lane: str, status: str) -> None:
    row = queue(lane=lane)
    assert standing_aside.LONGEST_SECONDS <= waited() < standing_aside.LONGEST_SECONDS + 0.4
    if status == "sending":
        assert messaging.claim.claim_one(message_id=row.pk)
        assert waited() >= standing_aside.LONGEST_SECONDS


@in_one_transaction
@pytest.mark.parametrize("lane", ["normal", "bulk"])
def test_it_does_not_wait_for_others(lane: str) -> None:
    queue(lane=lane)
    assert waited() < 0.2


@in_one_transaction
def test_it_does_not_wait_for_a_text_that_something_else_holds_back() -> None:
    row = queue(lane="urgent")
    long_due = timezone.now() - timedelta(seconds=standing_aside.UNDER_WAY_SECONDS + 1)
    Message.objects.filter(pk=row.pk).update(next_attempt_at=long_due)
    assert waited() < 0.2


def test_it_goes_on_as_soon_as_nothing_hurries_any_more(committing_db: str) -> None:
    row = queue(lane="urgent")

    def take_back() -> None:
        messaging.cancel_for_owner(
            actor=Actor.system("test"), owner_label=row.owner_label, owner_ids=[row.owner_id], cause="located"
        )
        connection.close()

    later = Timer(0.1, take_back)
    later.start()
    assert 0.1 <= waited() < standing_aside.LONGEST_SECONDS
    later.join()


def test_bulk_goes_out_beside_a_text_that_waits(committing_db: str, provider) -> None:
    queue(lane="urgent")
    bulk = [queue(lane="bulk", service="quiet", guard="messaging.always") for _ in range(5)]
    assert messaging.send_due(lane="bulk") == 5
    assert {again(row).status for row in bulk} == {"sent"}


def test_a_batch_is_sent_within_the_time_that_a_claim_is_trusted_for() -> None:
    """However much hurries, and with as many sweeps at once as docker-compose.yml lets a worker make."""
    sweeps, a_call = 4, 1.0
    waits = sweeps * sending.BATCH[Lane.BULK] / sending.THREADS * (standing_aside.LONGEST_SECONDS + a_call)
    assert waits < sending.TRUSTED_FOR.total_seconds() / 2
