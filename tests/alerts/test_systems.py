"""Partners' systems are posted the alert, its updates and its end; and rehearsals, where wanted, marked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from alerts import services
from alerts.audience import services as audience
from alerts.audience.models import PartnerSystem, Subscription
from alerts.audience.services.signing_up import WORKER
from alerts.previews import previews_of
from foundation.messaging import services as messaging
from foundation.messaging.models import Delivery
from tests.alerts import making
from tests.alerts.audience.systems import join
from tests.alerts.subscribing import got, issued, line, rewritten, send_all, updated

pytestmark = pytest.mark.django_db
SAYS_HOW = ("safe", "dead", "deceased", "stood down", "located", "found")


@pytest.fixture(autouse=True)
def _line(db) -> None:
    line("webhook")


@pytest.fixture
def joined(room, endpoint) -> tuple[PartnerSystem, str]:
    """A system that gets the alerts of Camden, and what signs to it."""
    found = join(endpoint, [making.area()])
    endpoint.told.clear()
    return found


def ended(room, alert) -> None:
    services.cancel_alert(actor=room.manager, alert_id=alert.pk, cancel_reason="found_deceased")
    services.let_ends_go(now=timezone.now())
    send_all()


def test_a_system_is_posted_the_alert_its_update_and_its_end(room, ready, joined, endpoint) -> None:
    _, secret = joined
    notice = issued(room, ready)
    assert notice.runs.get().cost.pence_each == 0
    assert send_all() == 1
    assert got(notice) == [endpoint.url]
    rewritten(room, ready)
    updated(room, ready)
    send_all()
    ended(room, ready)
    told = endpoint.read(secret)
    assert [one["type"] for one in told] == ["alert.issued", "alert.updated", "alert.ended"]
    names = [f"{ready.reference}.{number}" for number in (1, 2, 3)]
    assert [one["data"]["identifier"] for one in told] == names
    assert [one["data"]["references"] for one in told] == [[], names[:1], names[:2]]
    assert not any(one["data"]["exercise"] for one in told)
    first = told[0]["data"]
    assert (first["first_name"], first["age"], first["clothing"]) == ("Robin", 9, "A red coat")
    assert first["areas"] == [{"name": "Camden", "code": "E09000007"}]
    assert first["cap"].endswith(f"/alerts/cap/{names[0]}.xml")
    assert told[1]["data"]["clothing"] == "A green coat"
    assert not {"first_name", "clothing", "suspect"} & told[2]["data"].keys()
    assert not any(word in str(told[2]).casefold() for word in SAYS_HOW)


def test_the_room_shows_what_leaves(room, ready, joined) -> None:
    shown = {one.key: one for one in previews_of(ready, ready.contents.first())}["webhook-en"]
    assert shown.is_code
    assert '"type": "alert.issued"' in shown.body
    assert f"{ready.reference}.1" in shown.body


def test_a_rehearsal_reaches_only_systems_that_are_to_get_them_and_says_so(
    room, rehearsal, joined, endpoint
) -> None:
    system, secret = joined
    audience.rehearse(actor=room.manager, system_id=system.pk)
    join(endpoint, [making.area()], path="/another")
    endpoint.told.clear()
    issued(room, making.ready(room, rehearsal))
    assert send_all() == 1
    (told,) = endpoint.read(secret)
    assert told["data"]["exercise"] is True
    assert (told["data"]["cap"], told["data"]["page"]) == (None, None)
    for said in ("headline", "description", "instruction"):
        assert told["data"][said].startswith("REHEARSAL, not a real alert.")


def test_a_system_that_says_it_is_gone_is_forgotten_and_the_end_does_not_go_there(
    room, ready, joined, endpoint
) -> None:
    endpoint.status = 410
    issued(room, ready)
    send_all()
    assert Delivery.objects.get().status == "failed"
    assert messaging.tell_gone() == 1
    assert not Subscription.objects.exclude(status="left").exists()
    ended(room, ready)
    assert len(endpoint.told) == 1


def test_a_system_that_pauses_after_the_issue_is_not_told(room, ready, joined, endpoint) -> None:
    system, _ = joined
    issued(room, ready)
    audience.pause(actor=WORKER, subscriber_id=system.subscriber_id, days=7)
    send_all()
    assert endpoint.told == []
