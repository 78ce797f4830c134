"""Texts that come in: kept once, STOP obeyed at once, handed on once."""

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.messaging import services as messaging
from foundation.messaging.keywords import START_WORDS, STOP_WORDS, keyword_of
from foundation.messaging.models import Inbound, RawCallback, Suppression
from foundation.messaging.selectors import inbound_text
from foundation.messaging.tasks import read_callback, read_callbacks
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, queue, receipt, text_in

pytestmark = pytest.mark.django_db


def take(body: str, *, sender: str = NUMBER, sid: str = "SMin1") -> None:
    text_in(sender, body, sid=sid)
    read_callbacks()


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "stop!!",
        '"STOP"',
        "\uff33\uff34\uff2f\uff30",
        "StopAll",
        "unsubscribe",
        "Peidiwch",
    ],
)
def test_one_word_that_means_stop_is_stop(text: str) -> None:
    assert keyword_of(text) == "stop"


@pytest.mark.parametrize(
    "text", ["", " ", "please stop", "stop it", "don't stop", "stopping", "🙂", "I want this to end", "."]
)
def test_anything_longer_is_somebody_talking_to_us(text: str) -> None:
    assert keyword_of(text) == ""


def test_no_word_means_both() -> None:
    assert not STOP_WORDS & START_WORDS
    assert {keyword_of(word) for word in START_WORDS} == {"start"}
    assert {keyword_of(word.upper()) for word in STOP_WORDS} == {"stop"}


def test_a_reply_is_kept_encrypted_and_handed_to_the_service_it_answers(provider) -> None:
    row = queue(service="news")
    messaging.send_one(message_id=row.pk)

    take("I am ok")

    ((inbound_id, service, keyword),) = board.handed
    text = inbound_text(inbound_id)
    assert (service, keyword, text.body, text.sender) == ("news", "", "I am ok", NUMBER)
    assert text.message_id == row.pk
    assert "I am ok" not in RawCallback.objects.extra(select={"raw": "body"}).get().raw


def test_a_reply_from_an_unknown_number_goes_to_whoever_takes_those() -> None:
    take("Hello?", sender="+447700900555")

    assert board.handed[0][1] == "textsafe"
    assert Inbound.objects.get().message is None


def test_a_short_code_or_a_name_may_write_to_us_too() -> None:
    take("Your parcel is late", sender="60777")

    assert Inbound.objects.get().sender == "60777"
    take("Hello", sender="PARCELS", sid="SMin2")
    assert len(board.handed) == 2


def test_a_doubled_call_is_one_text() -> None:
    take("Hello")
    take("Hello")

    assert Inbound.objects.count() == 1
    assert len(board.handed) == 1
    assert sorted(RawCallback.objects.values_list("result", flat=True)) == ["doubled", "kept"]


@pytest.mark.parametrize("body", ["", "MessageSid=SM1", "From=%2B447700900123"])
def test_what_is_no_text_is_laid_aside(body: str) -> None:
    messaging.store_raw(provider="twilio", kind="inbound", body=body, signature_ok=True)

    assert messaging.take_in() == []
    assert RawCallback.objects.get().result == "unreadable"


def test_a_stop_suppresses_the_number_at_once_and_is_still_handed_on(provider) -> None:
    messaging.send_one(message_id=queue(service="textsafe").pk)

    take(" stop. ")

    assert messaging.is_suppressed("textsafe", "sms", "07700 900123")
    assert board.handed[0][2] == "stop"
    later = queue(service="textsafe", owner=("test.Owner", 99))
    messaging.send_one(message_id=later.pk)
    assert again(later).status == "suppressed"
    assert provider.accepted() == 1


def test_a_stop_to_any_service_suppresses_textsafe_and_not_the_others(provider) -> None:
    messaging.send_one(message_id=queue(service="news").pk)

    take("STOP")

    assert messaging.is_suppressed("textsafe", "sms", NUMBER)
    assert messaging.is_suppressed("news", "sms", NUMBER)
    assert not messaging.is_suppressed("plain", "sms", NUMBER)


def test_a_stop_holds_though_the_service_is_broken() -> None:
    board.deaf.add("textsafe")

    take("STOP")

    assert messaging.is_suppressed("textsafe", "sms", NUMBER)
    row = Inbound.objects.get()
    assert (row.handed_at, row.attempts, row.error_kind) == (None, 1, "RuntimeError")
    board.deaf.clear()
    assert messaging.hand_over_due() == 0
    Inbound.objects.update(due_at=timezone.now())
    assert messaging.hand_over_due() == 1
    assert board.handed[0][2] == "stop"


def test_a_text_that_nobody_takes_is_kept_and_tried_again(settings) -> None:
    take("Hello")
    Inbound.objects.update(handed_at=None, service="gone")

    assert not messaging.hand_over(inbound_id=Inbound.objects.get().pk)
    assert Inbound.objects.get().error_kind == "LookupError"


def test_start_lifts_a_subscription_and_never_textsafe(provider) -> None:
    messaging.send_one(message_id=queue(service="news").pk)
    take("STOP")

    take("START", sid="SMin2")

    assert not messaging.is_suppressed("news", "sms", NUMBER)
    assert messaging.is_suppressed("textsafe", "sms", NUMBER)
    take("START", sid="SMin3")
    assert not messaging.is_suppressed("news", "sms", NUMBER)


def test_start_to_textsafe_lifts_nothing(provider) -> None:
    messaging.send_one(message_id=queue(service="textsafe").pk)
    take("STOP")
    take("START", sid="SMin2")

    assert messaging.is_suppressed("textsafe", "sms", NUMBER)


def test_the_helpline_lifts_with_a_reason_and_nobody_else_does(
    caseworker, met_officer, administrator
) -> None:
    take("STOP")
    given = {"service": "textsafe", "channel": "sms", "to": "07700 900123"}

    for actor in (met_officer.actor, administrator.actor):
        with pytest.raises(Refused):
            messaging.lift(actor=actor, reason="They asked.", **given)
        with pytest.raises(Refused):
            messaging.suppress(actor=actor, cause="helpline", **given)
    with pytest.raises(Refused):
        messaging.lift(actor=caseworker.actor, reason=" ", **given)

    assert messaging.lift(actor=caseworker.actor, reason="They rang and asked.", **given)
    assert not messaging.lift(actor=caseworker.actor, reason="They rang and asked.", **given)
    assert not messaging.is_suppressed("textsafe", "sms", NUMBER)
    assert AuditEvent.objects.filter(action="suppression.lifted", user_id=caseworker.user.pk).count() == 1


def test_suppressing_twice_is_once(caseworker) -> None:
    for _ in range(2):
        messaging.suppress(
            actor=caseworker.actor, service="textsafe", channel="sms", to=NUMBER, cause="helpline"
        )

    assert Suppression.objects.get().started_by_id == caseworker.user.pk


def test_a_forged_text_is_never_read() -> None:
    messaging.store_raw(
        provider="twilio",
        kind="inbound",
        body="MessageSid=SM1&From=%2B447700900123&Body=STOP",
        signature_ok=False,
    )
    read_callbacks()

    assert not Inbound.objects.exists()
    assert not Suppression.objects.exists()


def test_a_callback_is_read_by_its_task_and_only_once(provider) -> None:
    raw = text_in(NUMBER, "Hello")
    read_callback(raw.pk)
    read_callback(raw.pk)
    read_callback(0)
    row = queue()
    messaging.send_one(message_id=row.pk)
    read_callback(receipt(again(row), "delivered").pk)

    assert len(board.handed) == 1
    assert not messaging.hand_over(inbound_id=board.handed[0][0])
    assert again(row).status == "delivered"
