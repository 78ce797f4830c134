"""Receipts take a short way in, on the public site alone, and prove themselves there as ever."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from twilio.request_validator import RequestValidator

from config.webhook_door import PATH
from foundation.messaging.models import RawCallback

pytestmark = pytest.mark.django_db
FORM = {"MessageSid": "SM1", "MessageStatus": "delivered"}
ENCODED = {"data": urlencode(FORM), "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
def public(settings) -> None:
    settings.ROOT_URLCONF = "config.public_urls"


def signature(address: str = PATH) -> dict[str, str]:
    made = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
        settings.PUBLIC_BASE_URL + address, FORM
    )
    return {"X-Twilio-Signature": made}


def test_a_signed_receipt_is_kept_and_answered(public: None, client: Client) -> None:
    answer = client.post(f"{PATH}?m=mine", **ENCODED, headers=signature(f"{PATH}?m=mine"))
    assert answer.status_code == 204
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert RawCallback.objects.get().query == "m=mine"


def test_a_forged_one_is_refused(public: None, client: Client) -> None:
    assert client.post(PATH, **ENCODED).status_code == 403
    assert client.post(f"{PATH}?m=other", **ENCODED, headers=signature()).status_code == 403
    assert not RawCallback.objects.exists()


def test_nothing_but_a_post_comes_in_that_way(public: None, client: Client) -> None:
    assert client.get(PATH).status_code == 405


def test_the_staff_site_has_no_such_door(client: Client) -> None:
    assert client.post(PATH, **ENCODED, headers=signature()).status_code == 404
