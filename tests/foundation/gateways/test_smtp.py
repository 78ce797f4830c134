"""The e-mail gateway against a real SMTP server."""

import socket
import socketserver
import threading
from typing import ClassVar

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from foundation.messaging.gateways.base import NotAccepted, OutcomeUnknown, Outgoing
from foundation.messaging.gateways.smtp import SmtpGateway
from foundation.sandbox.enums import FaultKind

pytestmark = pytest.mark.django_db


def send(**given):
    values = {
        "reference": "MSG-9",
        "to": "maya@charity.example",
        "subject": "A reply waits",
        "body": "Sign in.",
    }
    return SmtpGateway().send(Outgoing(**{**values, **given}))


def test_an_email_arrives_with_our_reference_as_its_id(provider) -> None:
    accepted = send()

    (mail,) = provider.mails()
    assert accepted.provider_id == "<MSG-9@harbour.example>" == mail["message_id"]
    assert mail["to"] == "maya@charity.example"
    assert mail["subject"] == "A reply waits"
    assert mail["plain"].strip() == "Sign in."


def test_a_subject_cannot_smuggle_in_a_header(provider) -> None:
    send(subject="Hello\r\nBcc: everyone@example.org")

    (mail,) = provider.mails()
    assert mail["subject"] == "Hello Bcc: everyone@example.org"


def test_words_in_other_scripts_arrive_whole(provider) -> None:
    send(subject="Zażółć", body="Cześć — 你好")

    (mail,) = provider.mails()
    assert (mail["subject"], mail["plain"].strip()) == ("Zażółć", "Cześć — 你好")


def test_a_refusal_for_now_may_be_tried_again(provider) -> None:
    provider.break_(FaultKind.MAIL_LATER)

    with pytest.raises(NotAccepted) as caught:
        send()

    assert (caught.value.permanent, caught.value.code) == (False, "451")
    assert provider.mails() == []


def test_a_refusal_for_good_is_permanent(provider) -> None:
    provider.break_(FaultKind.MAIL_REFUSED, to="maya@charity.example")

    with pytest.raises(NotAccepted) as caught:
        send()

    assert (caught.value.permanent, caught.value.code) == (True, "550")


def test_a_line_cut_after_the_message_leaves_the_outcome_unknown(provider) -> None:
    provider.break_(FaultKind.MAIL_CUT, times=1)

    with pytest.raises(OutcomeUnknown):
        send()

    assert len(provider.mails()) == 1


def test_a_server_that_is_not_there_certainly_took_nothing(settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]

        with pytest.raises(NotAccepted) as caught:
            send()

    assert not caught.value.permanent


class Script(socketserver.StreamRequestHandler):
    """A mail server that says what it is told to say; None cuts the line."""

    replies: ClassVar[dict[str, str | None]] = {}

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            reply = self.replies.get(line[:4].upper(), "250 fine")
            if reply is None:
                return
            self.wfile.write(f"{reply}\r\n".encode())


@pytest.fixture
def scripted(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Script)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_PORT = server.server_address[1]
    yield Script.replies
    Script.replies.clear()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("verb", "reply", "permanent"),
    [
        ("RCPT", "550 unknown", True),
        ("RCPT", "452 full", False),
        ("MAIL", "421 closing", False),
        ("MAIL", None, False),
        ("RCPT", None, False),
        ("DATA", "554 no", True),
        ("DATA", "451 later", False),
    ],
)
def test_what_goes_wrong_before_the_message_is_certain(scripted, verb, reply, permanent) -> None:
    scripted[verb] = reply

    with pytest.raises(NotAccepted) as caught:
        send()

    assert caught.value.permanent is permanent


def test_nobody_can_be_asked_afterwards() -> None:
    with pytest.raises(OutcomeUnknown):
        SmtpGateway().find(to="", body="", since=None)
    with pytest.raises(OutcomeUnknown):
        SmtpGateway().fetch("<MSG-9@harbour.example>")


def test_mail_that_django_sends_itself_arrives_too(provider) -> None:
    EmailMessage("Sign in", "A link", to=["officer@met.example"], connection=EmailBackend()).send()

    assert [mail["to"] for mail in provider.mails(to="officer@met.example")] == ["officer@met.example"]
