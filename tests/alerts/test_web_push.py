"""An alert to browsers, through a push service that speaks the protocol: issue, update, gone, busy, end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from alerts import services
from alerts.audience.models import Bucket, Subscriber
from alerts.counting import audience_of
from alerts.planning import newest_content
from alerts.previews import previews_of
from alerts.progress import board_of
from alerts.reckoning import reckon
from foundation.messaging import services as messaging
from foundation.messaging.models import Delivery
from foundation.sandbox.enums import FaultKind
from tests.alerts import making
from tests.alerts.subscribing import issued, line, rewritten, send_all, subscribe, updated
from tests.foundation.messaging.browsers import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(provider) -> list[Browser]:
    """Three that get alerts, by a line that is fast enough."""
    line("web_push")
    made = [Browser(provider.browser()) for _ in range(3)]
    subscribe([one.line for one in made], channel="web_push")
    return made


def told(provider, browser: Browser) -> list[dict[str, Any]]:
    """What a browser was pushed, opened with its own keys."""
    return [json.loads(browser.opened(one["sealed"])) for one in provider.pushes(browser.endpoint)]


def test_browsers_get_alert_update_and_end_each_in_place_of_the_one_before(
    provider, room, ready, browsers
) -> None:
    counts = audience_of(ready, [making.area().pk])
    assert ("Web push", 3) in counts.totals
    (shown,) = [one for one in previews_of(ready, newest_content(ready)) if one.channel == "Web push"]
    issued(room, ready)
    send_all()
    (first,) = told(provider, browsers[0])
    assert (first["title"], first["body"]) == (shown.subject, shown.body)
    assert (first["kind"], first["lang"], first["url"]) == ("alert", "en", "/alerts/")
    assert first["leave"].startswith("/alerts/leave/")
    assert "999" in first["body"]
    (row,) = provider.pushes(browsers[0].endpoint)
    assert (row["urgency"], row["topic"]) == ("high", first["tag"])
    ready.refresh_from_db()
    assert 0 < row["ttl"] <= (ready.expires_at - timezone.now()).total_seconds() + 5

    rewritten(room, ready)
    updated(room, ready)
    send_all()
    services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="found_safe")
    services.let_ends_go(now=timezone.now())
    send_all()
    for browser in browsers:
        all_told = told(provider, browser)
        assert [one["kind"] for one in all_told] == ["alert", "update", "cancel"]
        assert len({one["tag"] for one in all_told}) == 1
        assert "Robin" not in str(all_told[2])
        assert "safe" not in str(all_told[2])
        assert [one["is_replaced"] for one in provider.pushes(browser.endpoint)] == [True, True, False]
    (alert,) = [one for one in board_of(ready).notices if one.notice.kind == "alert"]
    assert (alert.total.issued, alert.total.accepted) == (3, 3)


def test_a_browser_that_is_gone_is_forgotten_and_a_busy_service_gets_it_later(
    provider, room, ready, browsers
) -> None:
    gone, busy, other = browsers
    provider.browser(name=gone.endpoint.rpartition("/")[2], is_gone=True)
    provider.break_(FaultKind.BUSY, to=busy.endpoint.rpartition("/")[2], times=1, seconds=1)
    notice = issued(room, ready)
    send_all()
    Delivery.objects.filter(status="queued").update(next_attempt_at=timezone.now())
    send_all()

    broadcast_id = notice.runs.get().broadcast_id
    stand = dict(Delivery.objects.filter(broadcast_id=broadcast_id).values_list("to", "status"))
    assert stand == {gone.line: "failed", busy.line: "sent", other.line: "sent"}
    assert messaging.tell_gone() == 1
    assert messaging.tell_gone() == 0
    assert Subscriber.objects.filter(left_at__isnull=True).count() == 2
    assert Bucket.objects.get(channel="web_push").active == 2
    services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="stood_down")
    services.let_ends_go(now=timezone.now())
    send_all()
    assert [len(provider.pushes(one.endpoint)) for one in browsers] == [0, 2, 2]


def test_pushes_cost_nothing(room, ready, browsers) -> None:
    from alerts.planning import plan_alert

    runs = plan_alert(ready, newest_content(ready), [making.area().pk], now=timezone.now())
    found = reckon(runs)
    assert (found.pence, found.unpriced, found.recipients) == (0, (), 3)
