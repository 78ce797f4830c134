"""Coming back and going on: what would help, the plan they keep, their own words, and the interviewer's."""

from __future__ import annotations

from rhi.interviews.enums import AgeBand, OutcomeKind
from rhi.interviews.form.kinds import Kind, Question, Raises, Section, Voice

_YOUNG, _OLD = AgeBand.UNDER_12, AgeBand.OLDER

AFTER = Section(
    "after",
    "Coming back",
    (
        Question("after.how", "How they came back", ask={_YOUNG: "How did you come home?"}),
        Question(
            "after.helped",
            "Who helped",
            ask={_YOUNG: "Who was kind to you?", _OLD: "Who helped, or could have?"},
        ),
        Question(
            "after.feels",
            "How they feel now",
            ask={_YOUNG: "How do you feel now you are back?", _OLD: "How is it, being back?"},
        ),
        Question(
            "after.met",
            "How they were met",
            ask={
                _YOUNG: "What did people say when you came home?",
                _OLD: "How were you treated when you came back?",
            },
        ),
    ),
    "How it ended, and what being back is like.",
)

STOP = Section(
    "stop",
    "What would help",
    (
        Question(
            "stop.need",
            "What would need to change",
            ask={
                _YOUNG: "If you could change one thing, what would it be?",
                _OLD: "What would have to be different for you to stay?",
            },
        ),
        Question("stop.who", "Who could do it", ask={_YOUNG: "Who could help with that?"}),
        Question(
            "stop.again",
            "Thinks they may go again",
            Kind.SAID,
            {_YOUNG: "Do you think you might go again?", _OLD: "Do you think you will go again?"},
            (Raises(OutcomeKind.CARE_PLAN_REVIEW), Raises(OutcomeKind.EARLY_HELP)),
        ),
    ),
    "Their ideas, not ours.",
)

PLAN = Section(
    "plan",
    "Safety plan",
    (
        Question(
            "plan.signs",
            "How I notice that it is getting too much",
            ask={
                _YOUNG: "How does it feel just before you go?",
                _OLD: "What tells you that you are about to leave?",
            },
        ),
        Question("plan.first", "What I can try first", ask={_YOUNG: "What makes you feel better?"}),
        Question("plan.people", "Who I can talk to", ask={_YOUNG: "Which grown-up do you trust?"}),
        Question("plan.place", "Where I am safe", ask={_YOUNG: "Where do you feel safe?"}),
        Question(
            "plan.if_away",
            "If I am away and need help",
            ask={
                _YOUNG: "What will you do if you are lost or scared?",
                _OLD: "What will you do if it turns bad out there?",
            },
        ),
        Question(
            "plan.name",
            "First name on the plan, only if they want one",
            ask={_YOUNG: "Shall your name be on it?"},
        ),
    ),
    "Written together, in their words. They keep it: no reference stands on it, a name only if they want.",
    coded=False,
)

WORDS = Section(
    "words",
    "In their own words",
    (
        Question(
            "words.child",
            "What they want to be heard",
            ask={
                _YOUNG: "Is there something you want the grown-ups to know?",
                _OLD: "What should people hear from you?",
            },
        ),
        Question(
            "words.interview",
            "What they say about this talk",
            ask={_YOUNG: "Was it all right to talk to me?"},
        ),
    ),
    "Word for word, as they said it. What you think of it belongs in your analysis.",
    coded=False,
)

SHARING = Section(
    "sharing",
    "Who may know",
    (
        Question(
            "sharing.authority",
            "The people who look after them",
            Kind.SHARING,
            {_YOUNG: "May I tell the people who look after you?", _OLD: "What may your social worker read?"},
        ),
        Question(
            "sharing.police",
            "The police",
            Kind.SHARING,
            {_YOUNG: "May I tell the police?", _OLD: "What may the police be told?"},
        ),
        Question(
            "sharing.carer",
            "Their parent or carer",
            Kind.SHARING,
            {_YOUNG: "May I tell the people at home?", _OLD: "What may your parents or carers know?"},
        ),
    ),
    "What was explained before still holds: serious harm, a crime against a child and a risk to others"
    " are always passed on.",
    coded=False,
)

ANALYSIS = Section(
    "analysis",
    "Your analysis",
    (
        Question("analysis.view", "What you make of it"),
        Question("analysis.risk", "How likely they are to go again, and what the risk is then"),
        Question("analysis.protects", "What protects them"),
        Question("analysis.seen", "What you saw and they did not say"),
    ),
    "Yours alone, after the talk. None of it is the child’s word, and it is never printed as such.",
    Voice.INTERVIEWER,
    coded=False,
)
