"""The provider as its own process, the public site as another: a receipt and a reply reach our database."""

import sys
from urllib.parse import urlsplit

import pytest

from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.twilio import TwilioGateway, status_callback_url
from foundation.messaging.models import RawCallback
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from launcher import ports
from tests.processes import wait_until

pytestmark = pytest.mark.slow
TO = "+447700900123"


@pytest.fixture
def whole(committing_db, redis_url, processes, settings) -> Control:
    provider_port, mail_port, public_port = ports.pick(), ports.pick(), ports.pick()
    public = f"http://127.0.0.1:{public_port}"
    provider = f"http://127.0.0.1:{provider_port}"
    settings.TWILIO_BASE_URL, settings.PUBLIC_BASE_URL, settings.EMAIL_PORT = provider, public, mail_port
    shared = {"PUBLIC_BASE_URL": public, "TWILIO_BASE_URL": provider, "EMAIL_PORT": str(mail_port)}
    processes.env = {**shared, "SANDBOX_PACE": "0.02"}
    control = processes.provider(port=provider_port)
    processes.web("public", "config.public_urls", port=public_port)
    return control


def send(reference: str) -> None:
    callback = status_callback_url(reference)
    TwilioGateway().send(Outgoing(reference=reference, to=TO, body="Hello", status_callback=callback))


def stored(kind: str) -> int:
    return RawCallback.objects.filter(kind=kind).count()


def test_receipts_and_replies_arrive_and_forged_ones_do_not(whole) -> None:
    send("MSG-1")
    wait_until(lambda: stored("status") == 3, "three receipts")

    whole.reply(TO, "Who is this?")
    wait_until(lambda: stored("inbound") == 1, "the reply")

    whole.break_(FaultKind.RECEIPTS_FORGED)
    send("MSG-2")
    whole.reply(TO, "Forged")
    whole.wait_until_told()

    assert (stored("status"), stored("inbound")) == (3, 1)


def test_a_killed_provider_goes_on_with_its_callbacks(whole, processes) -> None:
    whole.break_(FaultKind.RECEIPTS_LATE, seconds=2)
    send("MSG-1")
    processes.kill("provider")
    assert stored("status") == 0

    processes.provider(port=urlsplit(whole.url).port)

    wait_until(lambda: stored("status") == 3, "three receipts")
    assert whole.accepted() == 1


def test_a_taken_port_is_one_clear_line(whole, processes) -> None:
    second = processes.start("second", [sys.executable, "manage.py", "sandbox_provider"])
    second.wait(30)

    assert second.returncode != 0
    assert "CommandError: The provider cannot listen" in processes.log("second")
