"""A text that begins with SAY: the words go on, the number is dropped and neither is kept."""

from __future__ import annotations

import pytest

from foundation.messaging import services as messaging
from foundation.messaging.keywords import said_by_nobody
from foundation.messaging.models import Inbound, RawCallback
from foundation.messaging.tasks import read_callbacks
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import queue, text_in

pytestmark = pytest.mark.django_db
STRANGER = "+447700900555"


def take(body: str, *, sender: str = STRANGER, sid: str = "SMsay1") -> None:
    text_in(sender, body, sid=sid)
    read_callbacks()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SAY they make him sell", "they make him sell"),
        (" SAY: he is 14\nat the flats", "he is 14\nat the flats"),
        ("Say something. He hits her", "He hits her"),
        ("say something", None),
        ("SAY", None),
        ("SAY  ", None),
        ("Say hello to my mum", None),
        ("SAYING nothing", None),
        ("I say", None),
    ],
)
def test_it_is_written_so_on_purpose(text: str, words: str | None) -> None:
    assert said_by_nobody(text) == words


def test_the_words_go_on_and_nothing_of_who_is_kept() -> None:
    take("SAY they make him sell")
    assert board.said == [("SMsay1", "they make him sell")]
    assert board.handed == []
    row, raw = Inbound.objects.get(), RawCallback.objects.get()
    assert (row.sender, row.sender_key, row.body, raw.body) == ("", "", "", "")
    assert row.handed_at is not None
    assert raw.result == "said_by_nobody"


def test_what_the_provider_tells_twice_is_told_once() -> None:
    take("SAY they make him sell")
    take("SAY they make him sell")
    assert len(board.said) == 1
    assert set(RawCallback.objects.values_list("body", flat=True)) == {""}


def test_in_a_conversation_a_sentence_may_begin_so(provider) -> None:
    row = queue(service="news", to=STRANGER)
    messaging.send_one(message_id=row.pk)
    take("SAY hello to my mum")
    assert board.said == []
    assert len(board.handed) == 1


def test_where_nobody_listens_it_is_a_text_like_any_other(monkeypatch) -> None:
    monkeypatch.delattr(board, "SAID_BY_NOBODY")
    take("SAY they make him sell")
    assert len(board.handed) == 1


def test_a_listener_that_fails_is_asked_again_and_holds_up_nobody() -> None:
    board.deaf.add("nobody")
    take("SAY they make him sell")
    take("Hello?", sender="+447700900556", sid="SMother")
    assert len(board.handed) == 1
    board.deaf.clear()
    RawCallback.objects.filter(attempts=1).update(due_at="2020-01-01T00:00Z")
    read_callbacks()
    assert board.said == [("SMsay1", "they make him sell")]
    assert RawCallback.objects.exclude(body="").count() == 1
