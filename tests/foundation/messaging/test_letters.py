"""Writing to the charity at the stand-in's mail box, which calls us as the mail provider does."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
import requests

from foundation.messaging.models import RawCallback
from foundation.sandbox.models import Mail

AMY = "amy@example.org"
WORDS = {"sender": AMY, "to": "helpline@harbour.example", "subject": "Hi", "words": "I am <b>cold</b>."}
OURS = {"sender": "x@harbour.example", "to": AMY, "subject": "Call", "message_id": "<m0@harbour.example>"}


def send(url: str, path: str, **given: str) -> requests.Response:
    """As a person with a browser."""
    session = requests.Session()
    page = session.get(url + path, timeout=10).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    return session.post(url + path, data={"csrfmiddlewaretoken": token[1], **WORDS, **given}, timeout=20)


def kept() -> dict[str, str]:
    raw = RawCallback.objects.get(kind="mail")
    return {name: values[0] for name, values in parse_qs(raw.body, keep_blank_values=True).items()}


@pytest.mark.slow
def test_a_mail_goes_out_signed_with_its_pictures_and_so_does_an_answer(receiving, provider) -> None:
    answer = send(provider.url, "/mail/write/", pictures="2")

    assert "Harbour has taken the e-mail." in answer.text
    found = kept()
    assert (found["from"], found["text"], found["attachments"]) == (AMY, "I am <b>cold</b>.", "2")

    RawCallback.objects.all().delete()
    got = Mail.objects.create(reply_to="helpline+1-ab@harbour.example", **OURS)
    path = f"/mail/{got.pk}/reply/"
    assert got.reply_to in requests.get(provider.url + path, timeout=10).text
    send(provider.url, path, to=got.reply_to)
    found = kept()
    assert (found["recipient"], found["in-reply-to"]) == (got.reply_to, "<m0@harbour.example>")


@pytest.mark.django_db
def test_what_nobody_takes_is_said_so_and_the_words_stay(settings, provider) -> None:
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"
    answer = send(provider.url, "/mail/write/")

    assert answer.status_code == 422
    assert "Harbour did not take it" in answer.text
    assert "I am &lt;b&gt;cold&lt;/b&gt;." in answer.text


@pytest.mark.django_db
def test_only_an_e_mail_that_takes_an_answer_offers_one(provider) -> None:
    got = Mail.objects.create(**OURS)

    assert "Answer it" not in requests.get(f"{provider.url}/mail/{got.pk}/", timeout=10).text
    assert requests.get(f"{provider.url}/mail/{got.pk}/reply/", timeout=10).status_code == 404
