"""A machine behind a proxy: what runs beside us is still reached directly."""

import pytest

from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.messaging.gateways.twilio_client import BoundedHttpClient

pytestmark = pytest.mark.django_db


def test_the_stand_in_is_reached_past_the_machines_proxy(provider, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    TwilioGateway().send(Outgoing(reference="MSG-1", to="+447700900123", body="Hello"))

    assert provider.accepted() == 1


def test_twilio_itself_is_reached_through_it() -> None:
    assert BoundedHttpClient(timeout=1).session.trust_env
