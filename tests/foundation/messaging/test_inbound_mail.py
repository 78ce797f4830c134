"""E-mails that come in: kept once, put with what they answer, handed on once; machines begin nothing."""

from __future__ import annotations

import pytest

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.mail_parsing import LONGEST
from foundation.messaging.models import Inbound, RawCallback
from foundation.messaging.reply_addresses import message_at, reply_address
from foundation.messaging.tasks import read_callback, read_callbacks
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import queue
from tests.foundation.messaging.mailing import mail_in, reply_to

pytestmark = pytest.mark.django_db
AMY = "amy@example.org"


@pytest.fixture(autouse=True)
def _mail(monkeypatch) -> None:
    monkeypatch.setattr(board, "INBOUND_MAIL", {"textsafe": board.take, "news": board.take}, raising=False)


def sent(service: str = "news", to: str = AMY):
    row = queue(channel="email", to=to, subject="News", service=service)
    messaging.send_one(message_id=row.pk)
    return row


def take(sender: str, words: str, /, **given) -> Inbound | None:
    mail_in(sender, words, **given)
    read_callbacks()
    return Inbound.objects.order_by("-pk").first()


def test_a_mail_out_of_nowhere_goes_to_whoever_takes_those() -> None:
    row = take(f"Amy <{AMY.upper()}>", "Where can I sleep?")

    assert board.handed == [(row.pk, "textsafe", "")]
    assert (row.channel, row.sender, row.subject, row.body) == ("email", AMY, "Hello", "Where can I sleep?")
    assert row.message is None
    assert RawCallback.objects.get().result == "kept"


def test_an_answer_finds_its_message_by_the_address_it_comes_to(provider) -> None:
    message = sent()

    row = take(AMY, "Thank you", recipient=reply_to(message))

    assert (row.message_id, row.service) == (message.pk, "news")
    assert provider.mails()[0]["reply_to"] == reply_address(message.pk)


def test_an_answer_finds_its_message_by_what_it_says_it_answers(provider) -> None:
    message = sent()
    named = f"<other@example.org> <{message.reference}@harbour.example>"

    row = take(AMY, "Thank you", headers={"References": named})

    assert row.message_id == message.pk


def test_an_address_cannot_be_guessed(provider) -> None:
    message, other = sent(), sent()
    mine, theirs = reply_address(message.pk), reply_address(other.pk)
    forged = theirs.replace(theirs.split("+")[1].split("-")[0], mine.split("+")[1].split("-")[0])

    assert (message_at(mine), message_at(theirs)) == (message.pk, other.pk)
    assert message_at(forged) is None
    assert take(AMY, "Who is this?", recipient=forged).message is None
    for odd in (
        "helpline@harbour.example",
        "a+b@harbour.example",
        "",
        "x+zzzzzzzzzzzzzzz-" + "0" * 24 + "@h",
    ):
        assert message_at(odd) is None


def test_nothing_of_what_is_not_answered_gives_an_address(provider, settings) -> None:
    row = queue(channel="email", to=AMY, subject="Plain")
    messaging.send_one(message_id=row.pk)
    assert provider.mails()[0]["reply_to"] == ""
    settings.INBOUND_MAIL_ADDRESS = ""
    assert reply_address(1) == ""


def test_the_same_mail_twice_is_one() -> None:
    take(AMY, "Hello", message_id="<1@example.org>")
    take(AMY, "Hello", message_id="<1@example.org>")

    assert Inbound.objects.count() == 1
    assert len(board.handed) == 1
    assert sorted(RawCallback.objects.values_list("result", flat=True)) == ["doubled", "kept"]


def test_nobody_keeps_another_s_mail_out_by_taking_its_id() -> None:
    take("stalker@example.org", "x", message_id="<1@example.org>")
    take(AMY, "Help me", message_id="<1@example.org>")

    assert Inbound.objects.count() == 2


@pytest.mark.parametrize(
    "machine",
    [
        {"headers": {"Auto-Submitted": "auto-replied"}},
        {"headers": {"Auto-Submitted": "auto-generated; x"}},
        {"headers": {"Precedence": "bulk"}},
        {"headers": {"X-Autoreply": "yes"}},
        {"headers": {"Content-Type": "multipart/report; report-type=delivery-status"}},
        {"sender": ""},
        {"sender": "<>"},
        {"sender": "MAILER-DAEMON@example.org"},
    ],
    ids=str,
)
def test_what_a_machine_wrote_begins_nothing_and_is_forgotten(machine) -> None:
    fields = {"from": AMY, **machine}
    assert take(AMY, "I am out of the office", **fields) is None

    raw = RawCallback.objects.get()
    assert (raw.result, raw.body, board.handed) == ("automatic", "", [])


def test_a_person_s_mail_may_say_that_no_machine_wrote_it() -> None:
    assert take(AMY, "Hello", headers={"Auto-Submitted": "no"}) is not None


def test_files_and_what_is_too_long_are_left_out_with_a_word() -> None:
    row = take(AMY, "y" * (LONGEST + 5), files=2)

    assert row.body.startswith("y" * LONGEST + "\n\n[The e-mail was longer.")
    assert row.body.endswith("[2 files came with this e-mail. No file is kept.]")
    assert take(AMY, "One", files=1).body == "One\n\n[One file came with this e-mail. No file is kept.]"


@pytest.mark.parametrize("given", [{"from": "", "sender": "nobody"}, {"from": "Amy", "sender": "x"}])
def test_what_nobody_can_be_said_to_have_sent_is_laid_aside(given) -> None:
    assert take(AMY, "Hello", **given) is None
    assert RawCallback.objects.get().result == "unreadable"


def test_a_stop_counts_only_as_an_answer_to_ours(provider) -> None:
    take(AMY, "STOP")
    assert not messaging.is_suppressed("news", "email", AMY)

    take(AMY, "stop.", recipient=reply_to(sent()))
    assert messaging.is_suppressed("news", "email", AMY)
    assert messaging.is_suppressed("textsafe", "email", AMY)
    assert not messaging.is_suppressed("textsafe", "sms", "07700 900123")


def test_a_stored_mail_is_read_by_its_own_task_and_once() -> None:
    raw = mail_in(AMY, "Hello")
    mail_in("ben@example.org", "Hello too")

    read_callback(raw.pk)
    read_callback(raw.pk)

    assert [text.sender for text in Inbound.objects.all()] == [AMY]
    assert len(board.handed) == 1


def test_a_mail_whose_service_is_broken_waits_for_it() -> None:
    board.deaf.add("textsafe")
    row = take(AMY, "Hello")
    assert (row.handed_at, row.error_kind) == (None, "RuntimeError")


def test_forgetting_takes_subject_sender_and_words() -> None:
    row = take(AMY, "Hello")
    assert messaging.erase_inbound(actor=Actor.system("test"), inbound_ids=[row.pk]) == 1
    row.refresh_from_db()
    assert (row.sender, row.sender_key, row.subject, row.body) == ("", "", "", "")
    assert RawCallback.objects.get().body == ""
