"""A wording is one segment and gives nothing away."""

from __future__ import annotations

import pytest

from foundation.messaging.segments import measure
from textsafe.segments import problems

CHILD = (
    "Need to talk? Missing People can help, free and in confidence, any time. "
    "Call or text 116000. Reply STOP to end."
)
END = " Call or text 116000. Reply STOP to end."


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 80 + "a", "GSM-7", 161, 2),
        ("a" * 159 + "[", "GSM-7", 161, 2),
        ("ŵ" * 70, "UCS-2", 70, 1),
        ("ŵ" * 71, "UCS-2", 71, 2),
        ("🙂" * 35, "UCS-2", 70, 1),
        ("🙂" * 36, "UCS-2", 72, 2),
        ("a" * 70 + "\u2019", "UCS-2", 71, 2),
        ("ŵ" * 134, "UCS-2", 134, 2),
        ("ŵ" * 135, "UCS-2", 135, 3),
    ],
)
def test_segments_are_counted_as_the_network_counts_them(text, encoding, units, segments):
    size = measure(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


def test_the_first_wordings_are_fit_to_be_sent():
    assert problems(CHILD) == ()


def test_what_forced_the_short_limit_is_named():
    assert measure("Croeso ŵ\u2019ŵ").outside_gsm == "ŵ\u2019"
    (said,) = problems("ŵ" * 60 + END)
    assert "ŵ" in said
    assert "70" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Write"),
        ("x" * 150 + END, "Too long by"),
        ("The police asked us to write." + END, "police"),
        ("You were reported missing." + END, "reported"),
        ("Are you in danger?" + END, "danger"),
        ("Come back to Croydon." + END, "Croydon"),
        ("Dear {name}." + END, "brackets"),
        ("Need to talk? Reply STOP to end.", "116000"),
        ("Need to talk? Call or text 116000.", "STOP"),
        ("See https://missing.example" + END, "address"),
    ],
)
def test_a_text_that_gives_something_away_or_lacks_something_is_refused(text, word):
    assert any(word in said for said in problems(text, places=["Croydon", "Kent"]))


def test_a_place_inside_another_word_is_no_place():
    assert problems("Kentish? Need to talk?" + END, places=["Kent"]) == ()
