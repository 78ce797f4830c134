"""The screening questions."""

from __future__ import annotations

from textsafe.questions import QUESTIONS, clean


def test_every_question_says_why_it_is_asked_and_offers_not_known():
    for question in QUESTIONS:
        assert question.words.endswith("?")
        assert len(question.why) > 20
        assert "not_known" in question.answers.values


def test_answers_that_are_none_count_as_not_given():
    given = {"verified": "yes", "place": "on the moon", "held_by": "", "shoe_size": "9"}
    assert clean(given) == {"verified": "yes"}
