"""Twilio's calls to us: only what Twilio signed is kept, and it is kept before it is answered."""

from urllib.parse import parse_qs, urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from twilio.request_validator import RequestValidator

from foundation.messaging.models import RawCallback

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]

PUBLIC = "https://help.harbour.example"
STATUS = "/webhooks/twilio/status?m=MSG-1"
INBOUND = "/webhooks/twilio/inbound"
RECEIPT = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+447700900123"}
REPLY = {"MessageSid": "SM2", "From": "+447700900123", "To": "+447700900000", "Body": "STOP é £"}


@pytest.fixture(autouse=True)
def _public_address(settings) -> None:
    settings.PUBLIC_BASE_URL = PUBLIC


def call(path: str, given, *, token: str | None = None, signed: str | None = None, **headers):
    from django.conf import settings

    signature = RequestValidator(token or settings.TWILIO_AUTH_TOKEN).compute_signature(
        PUBLIC + path, QueryDict(urlencode(signed or given, doseq=True))
    )
    return Client().post(
        path,
        urlencode(given, doseq=True),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature, **headers},
    )


def test_a_receipt_is_stored_with_our_reference() -> None:
    answer = call(STATUS, RECEIPT)

    assert answer.status_code == 204
    raw = RawCallback.objects.get()
    assert (raw.provider, raw.kind, raw.query, raw.signature_ok) == ("twilio", "status", "m=MSG-1", True)
    assert parse_qs(raw.body) == {key: [value] for key, value in RECEIPT.items()}


def test_a_reply_is_stored_and_answered_with_nothing_to_say() -> None:
    answer = call(INBOUND, REPLY)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml"
    assert answer.content.endswith(b"<Response/>")
    assert parse_qs(RawCallback.objects.get().body)["Body"] == ["STOP é £"]


def test_a_field_that_comes_twice_is_part_of_the_signature() -> None:
    assert call(INBOUND, {**REPLY, "Label": ["a", "b"]}).status_code == 200


def test_a_signature_by_somebody_else_stores_nothing(caplog) -> None:
    assert call(STATUS, RECEIPT, token="another").status_code == 403

    assert not RawCallback.objects.exists()
    assert "+447700900123" not in caplog.text


def test_a_signature_made_for_other_content_stores_nothing() -> None:
    assert call(STATUS, {**RECEIPT, "MessageStatus": "failed"}, signed=RECEIPT).status_code == 403
    assert not RawCallback.objects.exists()


def test_a_missing_signature_is_forbidden_and_no_crash() -> None:
    for path in (STATUS, INBOUND):
        assert Client().post(path, RECEIPT).status_code == 403
    assert not RawCallback.objects.exists()


def test_a_receipt_moved_to_another_message_is_forged() -> None:
    signature = RequestValidator("demo-only-token").compute_signature(PUBLIC + STATUS, RECEIPT)

    answer = Client().post(
        STATUS.replace("MSG-1", "MSG-2"),
        urlencode(RECEIPT),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )

    assert answer.status_code == 403


def test_the_host_a_caller_names_does_not_matter() -> None:
    assert call(STATUS, RECEIPT, Host="attacker.example").status_code == 204


def test_the_token_before_the_last_change_still_counts_while_it_is_kept(settings) -> None:
    settings.TWILIO_AUTH_TOKEN_OLD = "older"
    assert call(STATUS, RECEIPT, token="older").status_code == 204

    settings.TWILIO_AUTH_TOKEN_OLD = ""
    assert call(STATUS, RECEIPT, token="older").status_code == 403


def test_nobody_can_fill_the_database_with_one_call() -> None:
    assert call(INBOUND, {**REPLY, "Body": "x" * 70_000}).status_code == 413
    assert not RawCallback.objects.exists()


def test_what_is_no_form_is_told_so_and_not_kept() -> None:
    assert call(INBOUND, {f"field{number}": "x" for number in range(300)}).status_code == 400
    assert not RawCallback.objects.exists()


def test_a_signature_over_the_address_with_its_port_counts_as_the_library_has_it(settings) -> None:
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
        f"{PUBLIC}:443{STATUS}", RECEIPT
    )
    answer = Client().post(
        STATUS,
        urlencode(RECEIPT),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )
    assert answer.status_code == 204


def test_a_signature_that_is_no_ascii_is_forged() -> None:
    assert call(STATUS, RECEIPT, **{"X-Twilio-Signature": "\xe9" * 28}).status_code == 403


def test_a_browser_that_looks_gets_nothing() -> None:
    assert Client().get(STATUS).status_code == 405
    assert Client().get(INBOUND).status_code == 405
