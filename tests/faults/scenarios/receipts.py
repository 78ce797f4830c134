"""Receipts: never, twice, before the answer, late and in the wrong order, forged."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from foundation.messaging import tasks
from foundation.messaging.models import Attempt, RawCallback, Receipt
from foundation.messaging.services.expiry import GRACE
from foundation.sandbox.enums import FaultKind
from tests.faults.counting import account
from tests.faults.flood import Flood
from tests.faults.product import Product
from tests.faults.turns import in_turn
from tests.processes import wait_until


def test_receipts(product: Product, flood: Flood) -> None:
    product.start()
    in_turn(product, flood, lost, doubled, early, late_and_reversed, forged)


def lost(product: Product, flood: Flood) -> None:
    """Their time goes by, and the provider is asked once."""
    product.provider.break_(FaultKind.RECEIPTS_LOST)
    flood.ask_many()
    flood.all_stand("sent")
    assert not RawCallback.objects.exists()
    flood.messages.update(valid_until=timezone.now() - GRACE - timedelta(seconds=1))
    tasks.look_after.delay()
    flood.all_stand("delivered", "expired")
    account("receipts lost", flood, product.provider, hit=len(flood.requests))


def doubled(product: Product, flood: Flood) -> None:
    product.provider.break_(FaultKind.RECEIPTS_DOUBLED)
    flood.ask_many()
    flood.all_stand("delivered")
    everything_is_told_and_read(product)
    told = Receipt.objects.filter(message__in=flood.messages)
    hit = told.count() - told.values("message_id", "provider_status").distinct().count()
    account("receipts doubled", flood, product.provider, hit=hit)


def early(product: Product, flood: Flood) -> None:
    """Delivered is told while our call still waits for its answer."""
    product.provider.break_(FaultKind.SLOW, seconds=2)
    flood.ask_many()
    flood.all_stand("delivered")
    answers = Attempt.objects.filter(message__in=flood.messages, outcome="accepted")
    wait_until(lambda: answers.count() == len(flood.requests), "every late answer", seconds=120)
    answered = dict(answers.values_list("message_id", "at"))
    told = Receipt.objects.filter(message_id__in=answered).values_list("message_id", "at")
    hit = len({message_id for message_id, at in told if at < answered[message_id]})
    account("receipts early", flood, product.provider, hit=hit)


def late_and_reversed(product: Product, flood: Flood) -> None:
    product.provider.break_(FaultKind.RECEIPTS_REVERSED)
    product.provider.break_(FaultKind.RECEIPTS_LATE, seconds=3)
    flood.ask_many()
    flood.all_stand("delivered")
    everything_is_told_and_read(product)
    assert flood.standing_as("delivered") == len(flood.requests)
    hit = sum(_is_reversed(message_id) for message_id in flood.messages.values_list("pk", flat=True))
    account("receipts late and in the wrong order", flood, product.provider, hit=hit)


def _is_reversed(message_id: int) -> bool:
    told = Receipt.objects.filter(message_id=message_id).order_by("raw_id")
    return list(told.values_list("provider_status", flat=True))[-1] != "delivered"


def forged(product: Product, flood: Flood) -> None:
    """They say delivered; nobody believes them."""
    product.provider.break_(FaultKind.RECEIPTS_FORGED)
    before = product.callbacks_refused()
    flood.ask_many()
    flood.all_stand("sent")
    everything_is_told_and_read(product)
    assert flood.standing_as("sent") == len(flood.requests)
    assert not Receipt.objects.filter(message__in=flood.messages).exists()
    account("receipts forged", flood, product.provider, hit=product.callbacks_refused() - before)


def everything_is_told_and_read(product: Product) -> None:
    """Until the provider has nothing more to say and we have read all it said."""
    product.provider.wait_until_told(seconds=120)
    unread = RawCallback.objects.filter(processed_at=None)
    wait_until(lambda: not unread.exists(), "every receipt to be read", seconds=60)
