"""The stand-in's callbacks: signed, in order, doubled, lost, late, forged, and after a restart."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from twilio.request_validator import RequestValidator

from foundation.messaging.gateways.base import NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.twilio import TwilioGateway, status_callback_url
from foundation.sandbox.enums import FaultKind
from tests.processes import wait_until

pytestmark = pytest.mark.django_db
TO = "+447700900123"


@dataclass
class Heard:
    url: str = ""
    calls: list = field(default_factory=list)  # (path, fields, signature)
    down: bool = False
    refused: int = 0

    @property
    def statuses(self) -> list[str]:
        return [fields.get("MessageStatus", fields["SmsStatus"]) for _, fields, _ in self.calls]

    def is_signed(self, settings) -> list[bool]:
        validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
        return [
            validator.validate(self.url + path, QueryDict("", mutable=True) | fields, signature)
            for path, fields, signature in self.calls
        ]


@pytest.fixture
def heard(settings) -> Iterator[Heard]:
    """Whoever Twilio calls: keeps every call."""
    state = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if state.down:
                state.refused += 1
                return  # no answer at all
            fields = dict(parse_qsl(body, keep_blank_values=True))
            state.calls.append((self.path, fields, self.headers["X-Twilio-Signature"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = settings.PUBLIC_BASE_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()


def send(to: str = TO, **given) -> str:
    callback = status_callback_url("MSG-7")
    sent = TwilioGateway().send(
        Outgoing(reference="MSG-7", to=to, body="Hello", status_callback=callback, **given)
    )
    return sent.provider_id


def test_a_text_is_queued_then_sent_then_delivered(provider, heard, settings) -> None:
    sid = send()
    provider.wait_until_told()

    assert heard.statuses == ["queued", "sent", "delivered"]
    assert all(heard.is_signed(settings))
    path, fields, _ = heard.calls[0]
    assert path == "/webhooks/twilio/status?m=MSG-7"
    assert fields["MessageSid"] == fields["SmsSid"] == sid
    assert fields["To"] == TO


@pytest.mark.parametrize("number", ["+447700900921", "+447700900924", "+447700900925"])
def test_a_text_that_fails_says_why(provider, heard, number: str) -> None:
    send(to=number)
    provider.wait_until_told()

    assert heard.statuses == ["queued", "sent", "undelivered"]
    assert heard.calls[-1][1]["ErrorCode"] in {"30003", "30006", "30007"}
    assert provider.texts()[0]["status"] == "undelivered"


def test_receipts_can_be_lost_while_the_text_arrives(provider, heard) -> None:
    provider.break_(FaultKind.RECEIPTS_LOST)
    send()
    provider.wait_until_told()

    assert heard.calls == []
    assert provider.texts()[0]["status"] == "delivered"


def test_receipts_can_come_twice(provider, heard) -> None:
    provider.break_(FaultKind.RECEIPTS_DOUBLED)
    send()
    provider.wait_until_told()

    assert heard.statuses == ["queued", "queued", "sent", "sent", "delivered", "delivered"]
    assert provider.doubled() == {}


def test_receipts_can_come_in_the_wrong_order_and_the_text_stays_delivered(provider, heard) -> None:
    provider.break_(FaultKind.RECEIPTS_REVERSED)
    send()
    provider.wait_until_told()

    assert heard.statuses == ["delivered", "sent", "queued"]
    assert provider.texts()[0]["status"] == "delivered"


def test_receipts_can_be_late(provider, heard) -> None:
    provider.break_(FaultKind.RECEIPTS_LATE, seconds=0.6)
    send()
    assert heard.calls == []
    provider.wait_until_told()

    assert heard.statuses == ["queued", "sent", "delivered"]


def test_receipts_can_come_before_the_answer(provider, heard, settings) -> None:
    provider.break_(FaultKind.SLOW, seconds=1, times=1)
    settings.TWILIO_TIMEOUT = 5
    before_answer: list[int] = []

    timer = threading.Timer(0.8, lambda: before_answer.append(len(heard.calls)))
    timer.start()
    send()

    assert before_answer == [3]


def test_forged_receipts_do_not_verify(provider, heard, settings) -> None:
    provider.break_(FaultKind.RECEIPTS_FORGED)
    send()
    provider.wait_until_told()

    assert heard.is_signed(settings) == [False, False, False]


def test_a_receipt_nobody_took_comes_again(provider, heard, settings) -> None:
    settings.SANDBOX_RETRY = 1
    heard.down = True
    send()
    wait_until(lambda: heard.refused > 0, "a receipt that nobody takes")
    heard.down = False
    provider.wait_until_told(seconds=15)

    assert sorted(heard.statuses) == ["delivered", "queued", "sent"]


def test_a_phone_that_is_off_gets_its_text_when_it_is_on(provider, heard) -> None:
    provider.switch_phone(TO, on=False)
    send()
    wait_until(lambda: len(heard.statuses) >= 2, "what is told of a phone that is off")
    assert heard.statuses == ["queued", "sent"]

    provider.switch_phone(TO, on=True)
    provider.wait_until_told()

    assert heard.statuses == ["queued", "sent", "delivered"]


def test_a_phone_that_stays_off_never_gets_it(provider, heard) -> None:
    provider.switch_phone(TO, on=False)
    send(validity_seconds=6)
    provider.wait_until_told(seconds=12)

    assert heard.statuses == ["queued", "sent", "undelivered"]


def test_a_reply_comes_as_twilio_sends_it(provider, heard, settings) -> None:
    send()
    provider.wait_until_told()
    heard.calls.clear()

    sid = provider.reply(TO, "I am safe, é £ 🙂")
    provider.wait_until_told()

    ((path, fields, _),) = heard.calls
    assert path == "/webhooks/twilio/inbound"
    assert (fields["From"], fields["To"], fields["Body"]) == (TO, "+447700900000", "I am safe, é £ 🙂")
    assert fields["MessageSid"] == sid
    assert fields["SmsStatus"] == "received"
    assert "OptOutType" not in fields
    assert heard.is_signed(settings) == [True]


def test_stop_is_told_and_the_network_then_refuses_until_start(provider, heard) -> None:
    provider.reply(TO, " stop ")
    provider.wait_until_told()
    assert heard.calls[-1][1]["OptOutType"] == "STOP"

    with pytest.raises(NotAccepted) as caught:
        send()
    assert caught.value.code == "21610"

    provider.reply(TO, "START")
    send()


def test_a_second_text_for_one_message_is_counted_as_doubled(provider) -> None:
    provider.break_(FaultKind.CUT_AFTER, times=1)
    with pytest.raises(OutcomeUnknown):
        send()
    send()  # what Harbour must never do

    assert provider.accepted() == 2
    assert provider.doubled() == {"MSG-7": 2}


def test_a_fault_for_one_number_spares_the_others_and_is_used_up(provider) -> None:
    provider.break_(FaultKind.BUSY, to=TO, times=1)

    send(to="+447700900124")
    with pytest.raises(NotAccepted):
        send()
    send()

    provider.break_(FaultKind.REFUSE)
    with pytest.raises(NotAccepted):
        send()
    provider.mend()
    send()
