"""The public page: answered once, parted from who answered, in both languages."""

from __future__ import annotations

import io
import logging
from datetime import timedelta

import pytest
import structlog
import time_machine
from django.conf import settings
from django.core.serializers import serialize
from django.test import Client
from django.utils import timezone

from foundation.audit.models import AuditEvent
from missingcases.voice import services, tasks
from missingcases.voice.models import Answer, Invitation, Submission
from missingcases.voice.public import keys
from tests.missingcases.voice.conftest import link_of, page_of, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
GIVEN = {"listened": "yes", "trust_police": "no", "mental_health": "yes", "words": "Nobody asked before."}


@pytest.fixture
def asked(caseworker, met) -> Invitation:
    return stranger(caseworker, "child", force_id=met.pk)


@pytest.fixture
def token(asked, caseworker) -> str:
    return link_of(caseworker, asked)


def test_the_page_says_plainly_what_becomes_of_answers_in_both_languages(token) -> None:
    page = Client().get(page_of(token))
    text = page.content.decode()
    assert "Your name does not go with your answers" in text
    assert "116 000" in text
    assert "data-exit" in text
    assert not page.cookies
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in page["X-Robots-Tag"]
    welsh = Client().get(f"/cy{page_of(token)}")
    said = welsh.content.decode()
    assert welsh["Content-Language"] == "cy"
    assert "Sut oedd hi?" in said
    assert "Did you trust the police" not in said


def test_an_answer_is_parted_from_whoever_gave_it(asked, token, key) -> None:
    client = Client()
    answer = client.post(page_of(token), {"key": key, **GIVEN}, headers={"User-Agent": "Okapi/1"})
    assert (answer.status_code, answer["Location"]) == (302, "/how-it-was/thanks/")
    assert not answer.cookies
    assert "Nobody asked" not in Submission.objects.values_list("body").query.__str__()
    tasks.read_submissions()
    asked.refresh_from_db()
    assert (asked.status, asked.token_hash) == ("answered", "")
    assert not Submission.objects.exists()
    kept = Answer.objects.get()
    assert kept.answers == {"listened": "yes", "trust_police": "no", "mental_health": "yes"}
    assert (kept.words, kept.respondent, kept.force) == ("Nobody asked before.", "child", asked.force)
    assert kept.month == timezone.localdate().replace(day=1)
    row = serialize("json", [kept])
    assert asked.reference not in row
    assert str(asked.source_id) not in row
    fields = {field.name for field in Answer._meta.get_fields()}
    assert fields == {
        *("id", "charity", "force", "respondent", "service", "month", "questions", "answers", "words")
    }
    # The trail says that she answered, and names no answer.
    assert AuditEvent.objects.filter(action="voice.answered", target_id=asked.pk).count() == 1
    assert not AuditEvent.objects.filter(target="voice.Answer").exists()


def test_whoever_wants_to_talk_is_shown_whom_to_call_and_nothing_is_kept_of_it(token, key) -> None:
    client = Client()
    answer = client.post(page_of(token), {"key": key, "safe": "no", "ring": "yes"})
    assert answer["Location"] == "/how-it-was/thanks/talk/"
    assert "116 000" in client.get(answer["Location"]).content.decode()
    assert "ring" not in Submission.objects.get().body
    for address in ("/cy/how-it-was/thanks/", "/cy/how-it-was/thanks/talk/", "/how-it-was/thanks/"):
        assert client.get(address).status_code == 200


def test_pressed_twice_it_is_one_and_a_second_person_finds_it_closed(token, key) -> None:
    client = Client()
    for _ in range(2):
        assert client.post(page_of(token), {"key": key, **GIVEN}).status_code == 302
    with time_machine.travel(timezone.now().timestamp() - 90, tick=False):
        other = keys.new_key()
    assert client.post(page_of(token), {"key": other, **GIVEN}).status_code == 404
    assert client.get(page_of(token)).status_code == 404
    services.read_submissions()
    assert client.post(page_of(token), {"key": key, **GIVEN}).status_code == 404
    assert Answer.objects.count() == 1


def test_every_link_that_opens_nothing_looks_the_same(asked, token, caseworker) -> None:
    def seen(word: str) -> tuple[int, str]:
        answer = Client().get(page_of(word))
        return answer.status_code, answer.content.decode().replace(word, "")

    unknown = seen("x" * 22)
    assert "This link is no longer open" in unknown[1]
    services.withdraw(actor=caseworker.actor, invitation_id=asked.pk)
    assert seen(token) == unknown
    late = stranger(caseworker)
    other = link_of(caseworker, late)
    Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert seen(other) == unknown
    services.end_due(now=timezone.now())
    assert seen(other) == unknown
    assert Client().get(f"/cy{page_of(token)}").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"website": "x"}, "Empty this box"),
        ({"key": "forged"}, "open for a long time"),
        ({"key": None}, "very quick"),
        ({"listened": "", "trust_police": "", "mental_health": "", "words": " ", "ring": "yes"}, "at least"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(token, key, change, words) -> None:
    given = {"key": key, **GIVEN, "words": "A word of mine", **change}
    if given["key"] is None:
        given["key"] = keys.new_key()
    page = Client().post(page_of(token), given)
    assert words in page.content.decode()
    assert given["words"].strip() in page.content.decode()
    assert not Submission.objects.exists()


def test_what_is_no_answer_is_refused(token, key) -> None:
    page = Client().post(page_of(token), {"key": key, "listened": "invented"})
    assert page.status_code == 200
    assert not Submission.objects.exists()


def test_too_much_and_too_many_are_turned_away(token, key, redis_url) -> None:
    assert Client().post(page_of(token), {"key": key, "words": "x" * 60_000}).status_code == 413
    for _ in range(keys.MOST_A_MINUTE * 2 + 1):
        keys.is_flooded()
    assert Client().post(page_of(token), {"key": key, **GIVEN}).status_code == 429


def test_what_was_taken_back_before_it_was_read_is_nobodys(asked, token, key, caseworker) -> None:
    Client().post(page_of(token), {"key": key, **GIVEN})
    services.answer_for_them(
        actor=caseworker.actor, invitation_id=asked.pk, answers={"safe": "yes"}, words=""
    )
    assert services.read_submissions() == 0
    assert not Submission.objects.exists()
    assert Answer.objects.get().answers == {"safe": "yes"}


def test_what_cannot_be_read_leaves_the_link_open(asked, token, key) -> None:
    Client().post(page_of(token), {"key": key, **GIVEN})
    Submission.objects.update(body="{")
    assert services.read_submissions() == 0
    asked.refresh_from_db()
    assert asked.status == "shown"
    assert Client().get(page_of(token)).status_code == 200


def test_no_line_of_the_log_holds_the_link(token, key) -> None:
    stream = io.StringIO()
    made = {name: value for name, value in settings.LOGGING["formatters"]["json"].items() if name != "()"}
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**made))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        for before in ("", "/cy"):
            Client().get(f"{before}{page_of(token)}")
            Client().post(f"{before}{page_of(token)}", {"key": key, **GIVEN})
            Client().get(f"{before}{page_of('y' * 22)}")
    finally:
        root.removeHandler(handler)
    lines = stream.getvalue()
    assert "/how-it-was/.../" in lines
    assert token not in lines
    assert "y" * 22 not in lines
