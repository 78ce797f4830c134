"""Partners' systems get each message as it was signed, once they are on, and no exercise unasked."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from alerts.cap import services
from alerts.cap.models import CapMessage, Push, PushTarget
from alerts.cap.xml import signing
from alerts.enums import NoticeKind
from foundation.access import Refused
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from tests.alerts import making
from tests.alerts.cap.issuing import call_off, issue, tell
from tests.alerts.cap.making import pair
from tests.missingcases.hooks.conftest import receiver  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def send_all() -> None:
    """Send every push that is queued."""
    queued = Message.objects.filter(service="cap", status=MessageStatus.QUEUED)
    for pk in list(queued.order_by("pk").values_list("pk", flat=True)):
        messaging.send_one(message_id=pk)


@pytest.fixture
def target(receiver, room) -> PushTarget:  # noqa: F811
    return services.add_target(
        actor=room.manager, name="Broadcaster", url=receiver.url, takes_exercises=False
    )


def test_a_partner_gets_the_very_document_and_can_check_both_signatures(
    receiver,  # noqa: F811
    target,
    issued,
) -> None:
    send_all()
    [(headers, body)] = receiver.got
    row = CapMessage.objects.get()
    assert body == row.document
    assert headers["Content-Type"] == "application/cap+xml; charset=utf-8"
    assert signing.verified(body.encode(), [pair("ours").certificate]) is not None
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(target.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    target.refresh_from_db()
    assert target.last_taken_at is not None


def test_what_was_replaced_or_has_ended_is_not_pushed_any_more_but_its_end_is(
    receiver,  # noqa: F811
    target,
    issued,
) -> None:
    tell(issued, NoticeKind.UPDATE)
    call_off(issued)
    send_all()
    assert ["<msgType>Cancel</msgType>" in body for _, body in receiver.got] == [True]


def test_a_silent_partner_is_tried_again_and_shown_as_failing(receiver, target, issued) -> None:  # noqa: F811
    receiver.answers(503)
    send_all()
    target.refresh_from_db()
    assert target.failing_since is not None
    assert Message.objects.get(service="cap").status == MessageStatus.QUEUED
    receiver.answers(200)
    Message.objects.filter(service="cap").update(next_attempt_at="2020-01-01T00:00Z")
    send_all()
    target.refresh_from_db()
    assert target.failing_since is None
    ids = {headers["webhook-id"] for headers, _ in receiver.got}
    assert len(ids) == 1


def test_an_exercise_goes_to_partners_that_take_exercises_alone(
    receiver,  # noqa: F811
    target,
    room,
    rehearsal,
) -> None:
    taker = services.add_target(
        actor=room.manager, name="Trainer", url=receiver.url + "/exercise", takes_exercises=True
    )
    making.ready(room, rehearsal)
    issue(rehearsal, room.manager)
    assert list(Push.objects.values_list("target_id", flat=True)) == [taker.pk]
    send_all()
    [(_, body)] = receiver.got
    assert "<status>Exercise</status>" in body
    assert body.count("EXERCISE. This is not a real alert.") >= 3


def test_a_system_that_is_off_gets_nothing_and_one_turned_off_loses_what_waits(
    receiver,  # noqa: F811
    target,
    room,
    issued,
) -> None:
    services.turn_off(actor=room.manager, target_id=target.pk)
    send_all()
    tell(issued, NoticeKind.UPDATE)
    send_all()
    assert receiver.got == []
    services.turn_on(actor=room.manager, target_id=target.pk)
    services.remove_target(actor=room.manager, target_id=target.pk)
    target.refresh_from_db()
    assert (target.status, target.secret) == ("removed", "")


def test_only_the_charity_keeps_partners_and_only_addresses_outside(room, settings) -> None:
    given = {"name": "Other", "url": "https://example.com/cap", "takes_exercises": False}
    for actor in (room.officer, room.superintendent, room.unit):
        with pytest.raises(Refused):
            services.add_target(actor=actor, **given)
    settings.WEBHOOK_ALLOWED_HOSTS = []
    for url in ("http://example.com/cap", "https://127.0.0.1/cap", "https://10.0.0.1/", "ftp://x/", "no"):
        with pytest.raises(Invalid):
            services.add_target(actor=room.manager, **given | {"url": url})
    with pytest.raises(Invalid):
        services.add_target(actor=room.manager, **given | {"name": " "})


def test_an_address_is_registered_once(target, room) -> None:
    with pytest.raises(Invalid):
        services.add_target(actor=room.manager, name="Again", url=target.url, takes_exercises=False)
