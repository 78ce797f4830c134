"""What the public gets, in each language; what may never stand in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alerts.wording import MOST_SEGMENTS, Facts, Wording, letter, problems, too_long

BEGAN = datetime(2026, 3, 3, 21, 40, tzinfo=UTC)
SAID = Wording(
    headline="Help find Mia, 9",
    description="Mia was last seen in Brixton at 16:10.\nShe may be in a blue van.",
    instruction="Look out for a blue van.",
    text="Mia, 9, red coat, last seen Brixton 16:10 in a blue van",
)
OUTCOMES = ("found", "safe", "dead", "deceased", "died", "recovered", "located", "ddiogel", "marw")


def _facts(kind: str = "alert", *, is_rehearsal: bool = False) -> Facts:
    return Facts(
        kind=kind,
        is_rehearsal=is_rehearsal,
        began_at=BEGAN,
        page="https://public.test/alerts/",
        way_out="https://public.test/alerts/leave/",
    )


def test_a_text_says_what_it_is_what_to_do_and_how_to_leave() -> None:
    sent = letter("sms", "en", _facts(), SAID)
    assert sent.body == (
        "Child Rescue Alert: Mia, 9, red coat, last seen Brixton 16:10 in a blue van. "
        "Do not approach. Call 999. Reply STOP to leave."
    )
    assert sent.size.encoding == "GSM-7"
    assert sent.size.segments == 1


def test_what_the_writer_said_already_is_not_said_twice() -> None:
    text = "CHILD RESCUE ALERT: Mia, 9, red coat. Seen? Call 999. Reply STOP to end."
    sent = letter("sms", "en", _facts(), Wording("h", "d", "i", text))
    assert sent.body == "Child Rescue Alert: Mia, 9, red coat. Seen? Call 999. Reply STOP to end."


def test_our_own_words_stay_in_the_short_alphabet_in_each_language() -> None:
    for language in ("en", "cy"):
        for kind in ("alert", "update", "cancel"):
            sent = letter("sms", language, _facts(kind), None if kind == "cancel" else SAID)
            assert sent.size.outside_gsm == ""


def test_a_rehearsal_says_so_before_anything_else() -> None:
    for channel in ("sms", "email"):
        for kind in ("alert", "update", "cancel"):
            sent = letter(channel, "en", _facts(kind, is_rehearsal=True), SAID)
            assert sent.body.startswith("REHEARSAL, not a real alert.")
            assert sent.subject.startswith("REHEARSAL") or channel == "sms"


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_the_end_never_tells_how_it_ended_nor_who_it_was(channel: str, language: str) -> None:
    sent = letter(channel, language, _facts("cancel"), SAID)
    said = f"{sent.subject} {sent.body}".lower()
    assert "mia" not in said
    assert not [word for word in OUTCOMES if word in said]
    assert "21:40" in said


def test_an_update_says_that_it_is_one() -> None:
    assert letter("sms", "en", _facts("update"), SAID).body.startswith("Child Rescue Alert, update: ")
    assert letter("email", "cy", _facts("update"), SAID).subject.startswith(
        "Rhybudd Achub Plentyn, diweddariad: "
    )


def test_a_subject_is_one_line() -> None:
    said = Wording("Help find\r\nBcc: everybody@example.test", "x", "y", "z")
    assert "\n" not in letter("email", "en", _facts(), said).subject
    assert "\r" not in letter("email", "en", _facts(), said).subject


def test_summer_time_is_told_as_clocks_show_it() -> None:
    facts = Facts("cancel", False, datetime(2026, 7, 1, 21, 40, tzinfo=UTC), "p", "w")
    assert "22:40 on 1 July" in letter("sms", "en", facts, None).body


@pytest.mark.parametrize(
    "words",
    [
        "She needs her insulin.",
        "He lives with foster carers.",
        "Missing from a children's home.",
        "Thought to be county lines.",
        "See http://example.test/mia",
        "See find-mia.com",
        "Call 07700 900123",
        "Last seen at 12 High Street, SW9 8EJ",
        "Mia\u202e evas",
        "May be at risk of self-harm",
    ],
)
def test_what_may_never_be_said_is_named(words: str) -> None:
    assert problems([words])


@pytest.mark.parametrize(
    "words",
    [
        "Mia, 9, red school uniform, last seen Brixton 16:10.",
        "A blue Ford Transit, AB12 CDE, heading north on the M1 at 21:40.",
        "She takes care to be seen. He may be carrying a bag.",
        "Dim ond naw oed yw hi.",
    ],
)
def test_what_helps_to_find_a_child_may_be_said(words: str) -> None:
    assert problems([words]) == []


def test_a_text_that_would_take_too_many_parts_is_named_with_what_makes_it_long() -> None:
    assert too_long("x" * 153 * MOST_SEGMENTS) == ""
    assert "takes" not in too_long("x")
    long = too_long("ŵ" + "x" * 300)
    assert "ŵ" in long
    assert str(MOST_SEGMENTS) in long
