"""The stand-in of a partner's system: a person signs it up, enters the secret, and sees what is posted."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from alerts.audience import services
from alerts.audience.models import PartnerSystem as AudienceSystem
from foundation.messaging.gateways.base import NotAccepted, Outgoing
from foundation.messaging.gateways.webhook import WebhookGateway
from foundation.sandbox.models import PartnerPost, PartnerSystem
from tests.alerts import making
from tests.alerts.audience.systems import ask, confirm
from tests.sandbox.test_pages import browse  # noqa: F401

pytestmark = pytest.mark.django_db
DATA = {"headline": "Child Rescue Alert: Robin", "identifier": "CR-1.1", "references": [], "language": "en"}


def post(url: str, secret: str, kind: str = "alert.issued", **data: object) -> None:
    body = json.dumps({"type": kind, "timestamp": "2026-11-29T10:00:00Z", "data": DATA | data})
    reference = str(data.get("identifier", "one"))
    WebhookGateway().send(Outgoing(reference=reference, to=url, body=body, secrets=(secret,)))


def test_a_system_is_signed_up_and_shows_what_is_posted(settings, provider, browse, charity) -> None:  # noqa: F811
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    url = f"{provider.url}/systems/buses"
    ask(url, [making.area()])
    secret = confirm()
    assert services.ask_systems(now=timezone.now()) == 1
    assert AudienceSystem.objects.get().host == "127.0.0.1"
    post(url, secret)
    assert "signature not checked" in browse("/systems/").text
    browse("/systems/", name="buses", secret=secret)
    with pytest.raises(NotAccepted):
        post(url, "whsec_c3RyYW5nZXI=")
    post(url, secret, kind="alert.ended", identifier="CR-1.2", references=["CR-1.1"])
    post(url, secret, kind="alert.ended", identifier="CR-1.2", references=["CR-1.1"])
    assert PartnerPost.objects.count() == 2
    assert browse("/systems/live").text.count("taken down") == 2
    row = PartnerSystem.objects.get()
    browse("/systems/", _to=f"/systems/{row.pk}/turn", on="1")
    row.refresh_from_db()
    assert row.is_gone
