"""Some days after its end an alert holds no address to which it went, but how many they were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alerts import services
from alerts.progress import board_of
from alerts.services.forgetting import forget_addresses
from foundation.messaging.models import Broadcast, Delivery
from foundation.messaging.services import addresses_gone
from tests.alerts.subscribing import issued, line, phones, send_all, subscribe

pytestmark = pytest.mark.django_db


def known() -> int:
    return Delivery.objects.exclude(to="").count()


def test_addresses_go_a_week_after_the_end_and_counts_stay(provider, room, ready, monkeypatch) -> None:
    monkeypatch.setattr(addresses_gone, "CHUNK", 2)
    line("sms")
    subscribe(phones(5))
    issued(room, ready)
    send_all()
    later = timezone.now() + timedelta(days=40)
    assert forget_addresses(now=later) == 0  # it may have been renewed: its end still has to go out
    services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="stood_down")
    services.let_ends_go(now=timezone.now())
    send_all()
    assert (Delivery.objects.count(), known()) == (10, 10)
    assert forget_addresses(now=timezone.now() + timedelta(days=6)) == 0
    Broadcast.objects.update(valid_until=timezone.now() - timedelta(days=6))
    before = [(one.total.issued, one.total.accepted) for one in board_of(ready).notices]
    now = timezone.now() + timedelta(days=8)
    assert forget_addresses(now=now) == 10
    assert forget_addresses(now=now) == 0
    assert known() == 0
    assert not Delivery.objects.exclude(to_key__startswith="gone:").exists()
    assert [(one.total.issued, one.total.accepted) for one in board_of(ready).notices] == before
    assert not Broadcast.objects.filter(addresses_gone_at__isnull=True).exists()
