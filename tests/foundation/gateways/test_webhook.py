"""The webhook gateway against a real HTTP server, and against addresses it must not call."""

import base64
import json
import socket

import pytest
from django.test import override_settings
from standardwebhooks import Webhook, WebhookVerificationError

from foundation.messaging.gateways import outside
from foundation.messaging.gateways.base import NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.webhook import WebhookGateway

SECRET, OLDER = (f"whsec_{base64.b64encode(letter * 32).decode()}" for letter in (b"n", b"o"))
BODY = '{"type": "incident.located", "data": {"id": 7}}'


def send(to: str, body: str = BODY, secrets: tuple[str, ...] = (SECRET,)):
    return WebhookGateway().send(Outgoing(reference="MSG-3", to=to, body=body, secrets=secrets))


def test_another_system_gets_signed_json(receiver) -> None:
    send(f"http://127.0.0.1:{receiver.port}/in?x=1")

    ((path, headers, body),) = receiver.got
    assert path == "/in?x=1"
    assert json.loads(body) == {"type": "incident.located", "data": {"id": 7}}
    assert headers["webhook-id"] == "MSG-3"
    assert Webhook(SECRET).verify(body, headers)["type"] == "incident.located"
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"


def test_two_secrets_give_two_signatures_and_either_verifies(receiver) -> None:
    send(f"http://127.0.0.1:{receiver.port}/", secrets=(SECRET, OLDER))

    ((_, headers, body),) = receiver.got
    for secret in (SECRET, OLDER):
        assert Webhook(secret).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(f"whsec_{base64.b64encode(b'x' * 32).decode()}").verify(body, headers)


def test_nothing_goes_out_unsigned(receiver) -> None:
    with pytest.raises(NotAccepted) as caught:
        send(f"http://127.0.0.1:{receiver.port}/", secrets=())

    assert caught.value.permanent
    assert receiver.got == []


def test_a_name_that_changes_its_address_after_the_check_is_called_at_the_one_checked(
    receiver, monkeypatch
) -> None:
    """DNS rebinding: the second answer would be another machine; there is no second question."""
    asked = []
    real = socket.getaddrinfo

    def answers(host, *rest, **more):
        if host != "hooks.example":
            return real(host, *rest, **more)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with override_settings(WEBHOOK_ALLOWED_HOSTS=["hooks.example"]):
        send(f"http://hooks.example:{receiver.port}/")

    assert len(receiver.got) == 1
    assert asked == ["hooks.example"]


def test_a_name_with_one_address_inside_is_not_called(monkeypatch) -> None:
    real = socket.getaddrinfo

    def answers(host, *rest, **more):
        if host != "hooks.example":
            return real(host, *rest, **more)
        return [*real("8.8.8.8", *rest, **more), *real("10.0.0.7", *rest, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(outside.NotAllowed):
        outside.check("https://hooks.example/")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (410, True), (302, True), (429, False), (408, False), (500, False), (503, False)],
)
def test_what_is_not_taken_says_whether_to_try_again(receiver, status: int, permanent: bool) -> None:
    receiver.status = status
    receiver.headers = {"Location": "http://169.254.169.254/", "Retry-After": "9"}

    with pytest.raises(NotAccepted) as caught:
        send(f"http://127.0.0.1:{receiver.port}/")

    assert caught.value.permanent is permanent
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0.0.0.0/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[::127.0.0.1]/",
        "http://192.0.2.1/",
        "ftp://192.0.2.1/",
        "https://user:word@192.0.2.1/",
        "not an address",
        "https://192.0.2.1:notaport/",
    ],
)
def test_an_address_inside_or_unsafe_is_never_called(address: str) -> None:
    with pytest.raises(NotAccepted) as caught:
        send(address)

    assert caught.value.permanent


def test_a_public_address_passes_the_check() -> None:
    target = outside.check("https://8.8.8.8/hook")

    assert (target.ip, target.port, target.path, target.secure) == ("8.8.8.8", 443, "/hook", True)


def test_a_system_that_is_not_there_may_be_tried_again(receiver) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))

        with pytest.raises(NotAccepted) as caught:
            send(f"http://127.0.0.1:{closed.getsockname()[1]}/")

    assert not caught.value.permanent


def test_a_name_that_does_not_resolve_may_be_tried_again() -> None:
    with pytest.raises(NotAccepted) as caught:
        send("https://no-such-host.invalid/")

    assert not caught.value.permanent


def test_a_message_that_is_no_json_is_not_sent(receiver) -> None:
    with pytest.raises(NotAccepted) as caught:
        send(f"http://127.0.0.1:{receiver.port}/", body="hello")

    assert caught.value.permanent
    assert receiver.got == []


def test_what_may_have_been_taken_is_sent_again_as_the_receiver_knows_its_id() -> None:
    assert WebhookGateway().find(to="", body="", since=None) == []
    with pytest.raises(OutcomeUnknown):
        WebhookGateway().fetch("MSG-3")
