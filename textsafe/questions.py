"""The screening questions an officer answers, each with why it is asked. Data; versioned as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from missingcases.enums import Known, PhoneHolder, PhoneState

VERSION = 1


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code in the stored answers, its words, why we ask, and the possible answers."""

    code: str
    words: str
    why: str
    answers: type[TextChoices]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "verified",
        "Has anybody confirmed that this is their number?",
        "A text to a wrong number tells a stranger that somebody may be in trouble.",
        Known,
    ),
    Question(
        "place",
        "Where is the phone now?",
        "If they do not have the phone, somebody else will read the text.",
        PhoneState,
    ),
    Question(
        "held_by",
        "Who has the phone?",
        "If a person who harms or controls them has it, the text could put them in danger.",
        PhoneHolder,
    ),
    Question(
        "read_by_others",
        "Might somebody else read their messages?",
        "A partner, parent or exploiter who sees the text may act on it.",
        Known,
    ),
    Question(
        "wants_no_contact",
        "Have they said that they want no contact?",
        "TextSafe is an offer of help. We do not press it on somebody who has said no.",
        Known,
    ),
)


def clean(answers: dict[str, str]) -> dict[str, str]:
    """The answers to known questions with a possible value; anything else counts as not answered."""
    return {
        question.code: answers[question.code]
        for question in QUESTIONS
        if answers.get(question.code) in question.answers.values
    }
