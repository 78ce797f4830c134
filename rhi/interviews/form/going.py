"""Before, and while they were away: what pushed, what pulled, where and with whom."""

from __future__ import annotations

from rhi.interviews.enums import AgeBand, OutcomeKind
from rhi.interviews.form.kinds import Kind, Question, Raises, Section

_YOUNG, _OLD = AgeBand.UNDER_12, AgeBand.OLDER

PUSH = Section(
    "push",
    "Before: getting away",
    (
        Question(
            "push.day",
            "The day it happened",
            ask={
                _YOUNG: "Can you tell me about that day, from when you got up?",
                _OLD: "What was that day like?",
            },
        ),
        Question(
            "push.home",
            "Home or placement",
            ask={
                _YOUNG: "Is there something at home that makes you sad or cross?",
                _OLD: "How are things where you live?",
            },
        ),
        Question(
            "push.school",
            "School, college or work",
            ask={
                _YOUNG: "What is school like? Is anybody unkind to you?",
                _OLD: "How is school or work going?",
            },
        ),
        Question(
            "push.away_from",
            "Somebody they were getting away from",
            Kind.SAID,
            {
                _YOUNG: "Was there somebody you did not want to be with?",
                _OLD: "Was there somebody you were avoiding?",
            },
            (Raises(OutcomeKind.S17),),
        ),
    ),
    "What made staying hard. Let them tell it in their order.",
)

PULL = Section(
    "pull",
    "Before: going to",
    (
        Question(
            "pull.to",
            "What or whom they wanted to get to",
            ask={
                _YOUNG: "Where did you want to go? Who did you want to see?",
                _OLD: "What were you heading for?",
            },
        ),
        Question(
            "pull.contact",
            "Somebody asked them to come",
            Kind.SAID,
            {
                _YOUNG: "Did somebody ask you to come, or send you a message?",
                _OLD: "Did anybody ask you to come, online or in person?",
            },
            (Raises(OutcomeKind.EXPLOITATION_PANEL),),
        ),
        Question(
            "pull.online",
            "People they know online",
            ask={_YOUNG: "Do you talk to people in games or on a phone?", _OLD: "Who do you talk to online?"},
        ),
    ),
    "What drew them. Friends, family, somebody they love, somewhere they feel safe.",
)

DURING = Section(
    "during",
    "While they were away",
    (
        Question(
            "during.where",
            "Where they were",
            ask={
                _YOUNG: "Where did you go first? And then?",
                _OLD: "Where were you, as far as you want to say?",
            },
        ),
        Question(
            "during.with",
            "Who was with them",
            ask={_YOUNG: "Who was with you?", _OLD: "Who were you with? First names are enough."},
        ),
        Question("during.travel", "How they travelled", ask={_YOUNG: "How did you get there?"}),
        Question(
            "during.slept",
            "Where they slept, ate and washed",
            ask={_YOUNG: "Where did you sleep? What did you eat?", _OLD: "Where did you stay the night?"},
        ),
        Question(
            "during.given",
            "Given money, presents, drink or drugs",
            Kind.SAID,
            {
                _YOUNG: "Did anybody give you something, like money, sweets or a phone?",
                _OLD: "Did anybody give you anything, or pay for things?",
            },
            (Raises(OutcomeKind.EXPLOITATION_PANEL),),
        ),
        Question("during.phone", "Phone and messages", ask={_YOUNG: "Did you have a phone with you?"}),
    ),
    "Facts as they give them. Do not press for names or addresses.",
)
