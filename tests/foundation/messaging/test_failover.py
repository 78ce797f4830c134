"""Lines beside each other, what is put back, and what an answer means for trying again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging import services as messaging
from foundation.messaging.gateways.base import NotAccepted
from foundation.messaging.models import Delivery, Line
from foundation.messaging.services.endings import judged
from foundation.messaging.services.handing import Handing
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import phones
from tests.foundation.messaging.test_broadcast import SYSTEM, _fast, begin, begun, statuses  # noqa: F401

pytestmark = pytest.mark.django_db
SERVICE = "MG" + "a" * 32


def test_a_provider_out_of_reach_is_left_alone_and_uses_up_no_try(provider, settings) -> None:
    reachable, settings.TWILIO_BASE_URL = settings.TWILIO_BASE_URL, "http://127.0.0.1:9"
    row = begin(20)
    for _ in range(4):
        Line.objects.update(rests_until=None)
        messaging.send_broadcasts(lane="alert")
    assert set(row.deliveries.values_list("status", "attempts")) == {("queued", 0)}

    settings.TWILIO_BASE_URL = reachable
    assert messaging.send_broadcasts(lane="alert") == 0, "the line rests"
    Line.objects.update(rests_until=None)
    assert messaging.send_broadcasts(lane="alert") == 20
    assert provider.doubled() == {}


def test_a_line_that_cannot_be_reached_leaves_everything_to_the_others(provider, settings) -> None:
    settings.BULK_GATEWAYS |= {"dead": "tests.foundation.messaging.nowhere.Unreachable"}
    Line.objects.update(per_second=100)
    dead = Line.objects.create(name="a", channel="sms", provider="dead", per_second=100)
    other = Line.objects.create(name="b", channel="sms", sender=SERVICE, per_second=100)
    Line.objects.create(name="off", channel="sms", per_second=1000, is_on=False)
    row = begin(100)

    assert messaging.send_broadcasts(lane="alert") == 100
    assert provider.accepted() == 100
    assert provider.doubled() == {}
    assert not row.deliveries.filter(line_id=dead.pk).exists()
    assert row.deliveries.filter(line_id=other.pk).exists()
    dead.refresh_from_db()
    assert dead.rests_until > timezone.now()


def test_what_was_put_back_asks_again_who_still_wants_it(provider, settings) -> None:
    settings.TWILIO_BASE_URL, reachable = "http://127.0.0.1:9", settings.TWILIO_BASE_URL
    row = begin(3)
    messaging.send_broadcasts(lane="alert")
    phones.leave(row.deliveries.order_by("number")[0].number)
    messaging.suppress(actor=SYSTEM, service="plain", channel="sms", to="+447700900002", cause="stop")
    settings.TWILIO_BASE_URL = reachable
    Line.objects.update(rests_until=None)
    messaging.send_broadcasts(lane="alert")

    assert statuses(row) == ["cancelled", "suppressed", "sent"]
    assert row.deliveries.get(status="cancelled").failed_code == "left"


def test_a_provider_that_asks_to_be_left_alone_is_never_given_up(provider) -> None:
    provider.break_(FaultKind.BUSY, to="+447700900001")
    row = begin(1)
    for _ in range(3):
        Delivery.objects.update(next_attempt_at=timezone.now())
        Line.objects.update(rests_until=None)
        messaging.send_broadcasts(lane="alert")

    assert list(row.deliveries.values_list("status", "attempts")) == [("queued", 0)]


def test_bulk_gives_way_to_an_alert_by_the_same_lines(provider) -> None:
    alert = begin(2)
    bulk = begun(owner=("test.Bulk", 1), lane="bulk")
    assert messaging.send_broadcasts(lane="bulk") == 0
    messaging.send_broadcasts(lane="alert")
    messaging.send_broadcasts(lane="bulk")

    assert statuses(alert) == statuses(bulk) == ["sent", "sent"]


@pytest.mark.parametrize(("tries", "ends"), [(1, "queued"), (2, "queued"), (3, "failed")])
def test_what_is_refused_for_now_is_given_up_in_the_end(tries: int, ends: str) -> None:
    handing = Handing("b-1", "+447700900123", "Alert", number=1, tries=tries)
    ending = judged("plain", handing, NotAccepted("Not now.", permanent=False))

    assert ending.to == ends
    assert ending.uses_try
    assert (ending.wait is not None and ending.wait >= timedelta(seconds=1)) == (ends == "queued")
