"""The demonstration's answers: some months of them, so that there are figures, of people of no incident."""

from __future__ import annotations

import random
from functools import partial

from foundation.past import Agenda
from missingcases.demo import History
from missingcases.voice import services
from missingcases.voice.enums import Respondent, Service
from missingcases.voice.questions import QUESTIONS
from missingcases.voice.sources import Asked

WORKER = "charity.caseworker"
SOURCE = "voice.demonstration"
_SEED = 99
# How many answered, and how many of a hundred would not.
_MANY = {Respondent.ADULT: 64, Respondent.CHILD: 26, Respondent.FAMILY: 34}
_SILENT = 35
_WEIGHTS = {"yes": 44, "partly": 24, "no": 18, "not_sure": 14, "not_say": 20}
_WORDS = (
    "Somebody asked how I was before asking where I had been. That was new.",
    "I would have liked to know sooner what happens with what I said.",
    "The officer was kind, but there were four of them in the hall.",
    "Nobody told us for two days. The calls from the charity got us through.",
    "I did not want to talk and that was all right.",
    "Please text first. A call in the night frightens me.",
)


def plan(agenda: Agenda, history: History) -> None:
    """Put them on the agenda, two to four months ago."""
    chance = random.Random(_SEED)  # noqa: S311 - the same world every time
    number = 0
    for respondent, many in _MANY.items():
        for turn in range(many):
            number += 1
            answers = {
                one.code: chance.choices(
                    [code for code, _label in one.choices],
                    [_WEIGHTS[code] for code, _label in one.choices],
                )[0]
                for one in QUESTIONS
                if chance.random() < 0.92
            }
            words = _WORDS[turn % len(_WORDS)] if turn % 7 == 0 else ""
            silent = chance.randrange(100) < _SILENT
            step = partial(_answer, history, number, respondent, {} if silent else answers, words)
            agenda.ago(step, days=60 + chance.random() * 80)


def _answer(
    history: History, number: int, respondent: Respondent, answers: dict[str, str], words: str
) -> None:
    """One said yes; with no answers, they never answered."""
    actor = history.actor(WORKER)
    asked = Asked(
        source=SOURCE,
        source_id=number,
        words="",
        url="",
        service=Service.FAMILY if respondent == Respondent.FAMILY else Service.HELPLINE,
        respondents=(respondent,),
    )
    row = services.ask(
        actor=actor,
        asked=asked,
        respondent=respondent,
        asked_in="call",
        said_yes=True,
        force_id=history.organisations["metropolitan"],
    )
    if answers:
        services.answer_for_them(actor=actor, invitation_id=row.pk, answers=answers, words=words)
