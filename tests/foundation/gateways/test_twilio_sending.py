"""The Twilio gateway against the stand-in provider: what each answer and each silence means."""

import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foundation.messaging.gateways.base import Accepted, NotAccepted, NotReached, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.twilio import TwilioBulkGateway
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.messaging.gateways.twilio_client import BoundedHttpClient
from foundation.sandbox.enums import FaultKind

pytestmark = pytest.mark.django_db

TO = "+447700900123"
BODY = "Need to talk? Reply STOP to end."


def outgoing(to: str = TO, reference: str = "MSG-1", **rest) -> Outgoing:
    return Outgoing(reference=reference, to=to, body=BODY, **rest)


def by_the_official_client(given: Outgoing) -> Accepted:
    return TwilioGateway().send(given)


def in_bulk(given: Outgoing) -> Accepted:
    ((sent, ended),) = TwilioBulkGateway().send_many(iter([0.01, given]))
    assert sent is given
    if isinstance(ended, Accepted):
        return ended
    raise ended


ways = [by_the_official_client]


@pytest.fixture(autouse=True, params=[by_the_official_client, in_bulk])
def _way(request) -> None:
    """Both ways out keep one protocol."""
    ways[:] = [request.param]


def send(**given) -> Accepted:
    return ways[0](outgoing(**given))


def test_an_accepted_text_comes_back_with_the_providers_id(provider) -> None:
    accepted = send(
        status_callback="http://127.0.0.1:1/webhooks/twilio/status?m=MSG-1", validity_seconds=1800
    )

    (text,) = provider.texts()
    assert text["sid"] == accepted.provider_id
    assert text["to"] == TO
    assert text["body"] == BODY
    assert text["reference"] == "MSG-1"
    assert text["validity_seconds"] == 1800
    assert text["sender"] == "+447700900000"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+447700900901", "21211"),
        ("+447700900902", "21612"),
        ("+447700900903", "21408"),
        ("+447700900904", "21610"),
        ("+447700900909", "21614"),
        ("+15005550001", "21211"),
        ("+15005550009", "21614"),
    ],
)
def test_a_number_the_provider_refuses_is_a_permanent_error_in_words(provider, to: str, code: str) -> None:
    with pytest.raises(NotAccepted) as caught:
        send(to=to)

    assert caught.value.permanent
    assert caught.value.code == code
    assert to not in caught.value.reason
    assert caught.value.reason.endswith(".")
    assert provider.accepted() == 0


def test_too_many_requests_may_be_tried_again_when_the_provider_says(provider) -> None:
    provider.break_(FaultKind.BUSY, seconds=7)

    with pytest.raises(NotAccepted) as caught:
        send()

    assert not caught.value.permanent
    assert caught.value.retry_after == timedelta(seconds=7)
    assert provider.accepted() == 0


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [
        (FaultKind.FAULT, 0),
        (FaultKind.FAULT_AFTER, 1),
        (FaultKind.CUT_BEFORE, 0),
        (FaultKind.CUT_AFTER, 1),
    ],
)
def test_a_fault_or_a_cut_line_leaves_the_outcome_unknown_either_way(provider, kind, accepted: int) -> None:
    provider.break_(kind, times=1)

    with pytest.raises(OutcomeUnknown):
        send()

    assert provider.accepted() == accepted


def test_a_slow_provider_leaves_the_outcome_unknown(provider, settings) -> None:
    settings.TWILIO_TIMEOUT = 0.3
    provider.break_(FaultKind.SLOW, times=1, seconds=1)

    with pytest.raises(OutcomeUnknown):
        send()

    assert provider.accepted() == 1


def test_a_provider_that_cannot_be_reached_certainly_took_nothing(settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.TWILIO_BASE_URL = f"http://127.0.0.1:{closed.getsockname()[1]}"

        with pytest.raises(NotReached) as caught:
            send()

    assert not caught.value.permanent


def test_a_provider_whose_name_is_not_known_certainly_took_nothing(settings) -> None:
    settings.TWILIO_BASE_URL = "http://no-such-host.invalid"

    with pytest.raises(NotAccepted) as caught:
        send()

    assert not caught.value.permanent


def test_outside_production_a_real_number_is_never_dialled(provider) -> None:
    with pytest.raises(NotAccepted) as caught:
        send(to="+447911123456")

    assert caught.value.permanent
    assert provider.accepted() == 0


def test_an_allow_listed_number_may_be_dialled(provider, settings) -> None:
    settings.DIALLABLE_NUMBERS = ["+447911123456"]

    send(to="+447911123456")

    assert provider.accepted() == 1


def test_a_messaging_service_sends_in_place_of_a_number(provider, settings) -> None:
    send(sender="MG" + "a" * 32)

    assert provider.accepted() == 1


def test_a_malformed_address_certainly_sent_nothing(settings) -> None:
    settings.TWILIO_BASE_URL = "no-scheme"

    with pytest.raises(NotAccepted) as caught:
        send()

    assert not caught.value.permanent


def test_without_another_address_the_client_goes_where_it_is_told(provider) -> None:
    answer = BoundedHttpClient(timeout=3).request("GET", f"{provider.url}/control/health")

    assert answer.status_code == 200


@pytest.fixture
def odd(settings):
    """A provider that answers what it is told to answer."""
    told = {"status": 201, "body": b"{}"}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(told["status"])
            self.end_headers()
            self.wfile.write(told["body"])

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TWILIO_BASE_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (201, b"{}"),
        (201, b"not JSON"),
        (201, b"[]"),
        (302, b""),
        (408, b""),
        (500, b'{"code": 20500, "message": "x", "status": 500}'),
        (502, b"<html>Bad gateway</html>"),
        (503, b'{"type": "x", "title": "x", "status": 503, "code": 20503}'),
    ],
)
def test_an_answer_that_proves_nothing_leaves_the_outcome_unknown(odd, status: int, body: bytes) -> None:
    odd.update(status=status, body=body)

    with pytest.raises(OutcomeUnknown):
        send()


@pytest.mark.parametrize(
    ("status", "body", "permanent"),
    [
        (401, b'{"code": 20003, "message": "Authenticate", "status": 401}', False),
        (403, b"<html>Forbidden</html>", False),
        (400, b'{"type": "x", "title": "x", "status": 400, "code": 21211}', True),
        (400, b"", True),
        (429, b"", False),
    ],
)
def test_a_refusal_says_whether_somebody_must_mend_something_first(odd, status, body, permanent) -> None:
    odd.update(status=status, body=body)

    with pytest.raises(NotAccepted) as caught:
        send()

    assert caught.value.permanent is permanent
