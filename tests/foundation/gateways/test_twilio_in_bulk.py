"""Many texts over kept connections: a connection that dies never makes curl send one twice."""

import socket
import threading
from collections.abc import Iterator

import pytest

from foundation.messaging.gateways.base import Accepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.bulk.twilio import TwilioBulkGateway

ANSWER = b'HTTP/1.1 201 Created\r\nContent-Length: 14\r\n\r\n{"sid": "SM1"}'


def outgoing(number: int) -> Outgoing:
    return Outgoing(reference=f"b-{number}", to="+447700900123", body="Child Rescue Alert £ & +")


@pytest.fixture
def dying(settings) -> Iterator[list[bytes]]:
    """A provider that answers the first request of a connection, takes the second whole and hangs up."""
    taken: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    settings.TWILIO_BASE_URL = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def serve(link: socket.socket) -> None:
        for turn in range(2):
            whole = b""
            while b"\r\n\r\n" not in whole or not whole.split(b"\r\n\r\n", 1)[1].endswith(
                b"ValidityPeriod=60"
            ):
                more = link.recv(65536)
                if not more:
                    return
                whole += more
            taken.append(whole)
            if turn == 0:
                link.sendall(ANSWER)
        link.close()

    def listen() -> None:
        while True:
            try:
                link, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=[link], daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    yield taken
    listening.close()


def test_a_kept_connection_that_dies_sends_nothing_twice(dying, settings) -> None:
    settings.BULK_CONNECTIONS = 1
    many = [Outgoing("b-1", "+447700900123", "Alert", validity_seconds=60) for _ in range(4)]
    ended = [one for _, one in TwilioBulkGateway().send_many(iter(many))]

    assert [type(one) for one in ended] == [Accepted, OutcomeUnknown, Accepted, OutcomeUnknown]
    assert len(dying) == 4


def test_many_at_once_each_end_by_themselves(provider, settings) -> None:
    settings.TWILIO_TIMEOUT = 60  # a busy machine is no silence
    ended = {
        sent.reference: one
        for sent, one in TwilioBulkGateway().send_many(outgoing(number) for number in range(300))
    }

    assert len(ended) == provider.accepted() == 300
    assert all(isinstance(one, Accepted) for one in ended.values())
    assert provider.texts()[0]["body"] == "Child Rescue Alert £ & +"


def test_what_was_not_asked_for_was_not_handed_over(provider, settings) -> None:
    settings.BULK_CONNECTIONS = 2
    asked: list[int] = []

    def work() -> Iterator[Outgoing | float]:
        for number in range(3):
            asked.append(number)
            yield outgoing(number)
        yield 0.05

    list(TwilioBulkGateway().send_many(work()))

    assert asked == [0, 1, 2]
    assert provider.accepted() == 3
