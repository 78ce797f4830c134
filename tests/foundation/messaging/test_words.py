"""What a row of messaging calls itself goes into logs and error pages: never a number, never the words."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging import switchboard
from foundation.messaging.models import Line, Switch
from foundation.messaging.services.suppression import suppress
from foundation.messaging.switchboard import guard_of
from tests.foundation.messaging.conftest import NUMBER, again, queue, receipt, text_in
from tests.foundation.messaging.test_broadcast import begin

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def test_no_row_calls_itself_by_a_number_or_by_what_was_written(provider) -> None:
    Line.objects.create(name="sms", channel="sms", per_second=1000)
    Switch.objects.create(service="plain", changed_at=timezone.now())
    row = queue(body="Need to talk?")
    messaging.send_one(message_id=row.pk)
    receipt(again(row), "delivered")
    messaging.read_statuses()
    text_in(NUMBER, "Need to hide")
    messaging.take_in()
    suppress(actor=SYSTEM, service="plain", channel="sms", to="+447700900188", cause="stop")
    begin(2, body="Need to look")
    messaging.send_broadcasts(lane="alert")

    seen = set()
    for model in apps.get_app_config("messaging").get_models():
        for one in model._base_manager.all():
            seen.add(model.__name__)
            assert "4477009" not in str(one), model
            assert "Need to" not in str(one), model
    assert {"Message", "Attempt", "Receipt", "RawCallback", "Inbound", "Suppression", "Broadcast"} <= seen
    assert {"Delivery", "DeliveryEntry", "Line", "Switch", "SettlementRow"} <= seen


def test_what_nothing_can_overtake_has_a_guard_that_always_lets_it_go() -> None:
    assert guard_of(switchboard.ALWAYS)(1) is None
