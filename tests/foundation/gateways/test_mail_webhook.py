"""E-mail handed to us: only what the provider signed, once a token, and never a file of it."""

from __future__ import annotations

import io
import json
import time
from urllib.parse import parse_qs

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from foundation.messaging.gateways.checks import check_inbound_mail
from foundation.messaging.mail_webhooks import (
    AHEAD_SECONDS,
    LARGEST_BYTES,
    OLDEST_SECONDS,
    mail_inbound,
    signature_of,
)
from foundation.messaging.models import RawCallback

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
PATH = "/webhooks/mail/inbound"


def mail(*, key: str = "demo-only-signing-key", age: int = 0, token: str = "t1", **given: object):
    """An e-mail as Mailgun posts it."""
    at = str(int(time.time()) - age)
    fields = {
        "timestamp": at,
        "token": token,
        "signature": signature_of(key, at=at, token=token),
        "sender": "amy@example.org",
        "from": "Amy <amy@example.org>",
        "recipient": "helpline@harbour.example",
        "subject": "Hello",
        "body-plain": "I do not know where to go. é £",
        "message-headers": json.dumps([["Message-Id", "<1@example.org>"]]),
    }
    return Client().post(PATH, {**fields, **given})


def kept() -> dict[str, str]:
    raw = RawCallback.objects.get()
    return {name: values[0] for name, values in parse_qs(raw.body, keep_blank_values=True).items()}


def test_a_signed_mail_is_stored_before_it_is_answered_and_lies_encrypted() -> None:
    assert mail().status_code == 200

    raw = RawCallback.objects.get()
    assert (raw.provider, raw.kind, raw.signature_ok, raw.processed_at) == ("mailgun", "mail", True, None)
    assert kept()["text"] == "I do not know where to go. é £"
    assert kept()["from"] == "Amy <amy@example.org>"
    assert "amy" not in RawCallback.objects.extra(select={"stored": "body::text"}).get().stored


def test_a_token_counts_once_whatever_comes_with_it() -> None:
    assert mail().status_code == 200
    assert mail(**{"body-plain": "Something else, by somebody who saw the first call."}).status_code == 200

    assert kept()["text"] == "I do not know where to go. é £"


@pytest.mark.parametrize("age", [OLDEST_SECONDS + 60, -AHEAD_SECONDS - 60])
def test_a_time_outside_the_window_is_refused(age: int) -> None:
    assert mail(age=age).status_code == 403
    assert not RawCallback.objects.exists()


def test_the_provider_may_try_for_eight_hours() -> None:
    assert mail(age=8 * 60 * 60 + 600).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"key": "another"},
        {"signature": ""},
        {"signature": "\xe9" * 64},
        {"timestamp": "soon"},
        {"timestamp": "9" * 40},
        {"token": ""},
    ],
)
def test_what_is_not_signed_stores_nothing_and_tells_nothing(change, caplog) -> None:
    assert mail(**change).status_code == 403

    assert not RawCallback.objects.exists()
    assert "amy" not in caplog.text


def test_the_key_before_the_last_change_counts_while_it_is_kept(settings) -> None:
    settings.MAILGUN_SIGNING_KEY_OLD = "older"
    assert mail(key="older").status_code == 200
    settings.MAILGUN_SIGNING_KEY_OLD = ""
    assert mail(key="older", token="t2").status_code == 403


def test_without_a_key_nothing_is_taken(settings) -> None:
    settings.MAILGUN_SIGNING_KEY = ""
    assert mail(key="").status_code == 403


def test_files_are_counted_and_never_kept() -> None:
    picture = SimpleUploadedFile("me.jpg", b"\xff\xd8 the picture itself", "image/jpeg")
    answer = mail(**{"attachment-1": picture, "attachment-count": "1"})

    assert answer.status_code == 200
    assert kept()["attachments"] == "1"
    assert "picture" not in RawCallback.objects.get().body


def test_html_is_read_for_its_words_where_there_is_no_plain_text() -> None:
    head = "<html><head><style>p{}</style><title>x</title></head>"
    html = f"{head}<body><p>Help &amp; hope</p><script>no</script><p>me</p>"
    mail(**{"body-plain": " ", "body-html": html})

    assert kept()["text"] == "Help & hope\nme"


def test_too_much_is_not_tried_again() -> None:
    answer = Client().post(
        PATH, "x", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH=str(LARGEST_BYTES + 1)
    )
    assert answer.status_code == 406
    assert mail(**{"body-html": "x" * 3_000_000}).status_code == 406
    assert Client().post(PATH, "nothing", content_type="multipart/form-data; boundary=").status_code == 406
    assert not RawCallback.objects.exists()


@pytest.mark.parametrize(
    "headers", ["not json", json.dumps({"Message-Id": "<1@example.org>"}), json.dumps([["odd"]])]
)
def test_headers_that_cannot_be_read_are_taken_from_the_fields(headers: str) -> None:
    mail(
        **{"message-headers": headers, "Message-Id": "<2@example.org>", "In-Reply-To": "<m0@harbour.example>"}
    )

    assert (kept()["message-id"], kept()["in-reply-to"]) == ("<2@example.org>", "<m0@harbour.example>")


def test_a_call_that_breaks_off_is_tried_again() -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError("the other side has gone")

    request = RequestFactory().post(PATH, {"token": "t1"})
    request._stream = Broken()

    assert mail_inbound(request).status_code == 400
    assert not RawCallback.objects.exists()


def test_a_browser_that_looks_gets_nothing() -> None:
    assert Client().get(PATH).status_code == 405


@pytest.mark.parametrize("missing", ["MAILGUN_SIGNING_KEY", "INBOUND_MAIL_ADDRESS"])
def test_half_of_it_does_not_start(settings, missing: str) -> None:
    assert check_inbound_mail() == []
    setattr(settings, missing, "")
    (found,) = check_inbound_mail()
    assert (found.id, found.msg.partition(" ")[0]) == ("messaging.E006", missing)
    settings.MAILGUN_SIGNING_KEY = settings.INBOUND_MAIL_ADDRESS = ""
    assert check_inbound_mail() == []
