"""The questions, as data. Change none: give a changed set a new version, so that old answers keep theirs.

The response to the Met asks for trust, and for victims who live with mental-health problems to be heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

VERSION = 1
MENTAL_HEALTH = "mental_health"
LONGEST_WORDS = 1500

_HOW_FAR: tuple[tuple[str, Any], ...] = (
    ("yes", _("Yes, mostly")),
    ("partly", _("A bit")),
    ("no", _("No")),
    ("not_sure", _("I am not sure")),
)
_PRIVATE: tuple[tuple[str, Any], ...] = (
    ("yes", _("Yes, I do")),
    ("no", _("No, I do not")),
    ("not_say", _("I would rather not say")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, each of which may be left out. `counted` defines its figure."""

    code: str
    words: Any
    choices: tuple[tuple[str, Any], ...]
    counted: str
    hint: Any = ""

    def has(self, answer: str) -> bool:
        """Whether this is one of its answers."""
        return answer in {code for code, _label in self.choices}


QUESTIONS: tuple[Question, ...] = (
    Question(
        "listened",
        _("Did the people at the charity listen to you?"),
        _HOW_FAR,
        "Felt listened to by the charity.",
    ),
    Question("safe", _("Did you feel safe with us?"), _HOW_FAR, "Felt safe with the charity."),
    Question(
        "trust_police",
        _("Did you trust the police?"),
        _HOW_FAR,
        "Trusted the police while it lasted.",
    ),
    Question(
        "trust_charity",
        _("Did you trust the charity?"),
        _HOW_FAR,
        "Trusted the charity while it lasted.",
    ),
    Question("again", _("Would you ask for help again?"), _HOW_FAR, "Would ask for help again, of anybody."),
    Question("helped", _("Did it help?"), _HOW_FAR, "Says that it helped."),
    Question(
        MENTAL_HEALTH,
        _("Do you live with a mental health problem?"),
        _PRIVATE,
        "Says that they live with a mental-health problem: their own word, no diagnosis.",
        _("We ask because people who do are heard too seldom. You need not say."),
    ),
)
BY_CODE: dict[str, Question] = {one.code: one for one in QUESTIONS}


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Only what is an answer to a question of this version; a question left out stays out."""
    return {code: answer for code, answer in answers.items() if code in BY_CODE and BY_CODE[code].has(answer)}
