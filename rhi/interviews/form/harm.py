"""Harm and offences, without a body: no drawing and no "show me where".

Only yes, no, rather not say, and the child's own words.
"""

from __future__ import annotations

from rhi.interviews.enums import AgeBand, Ground, OutcomeKind
from rhi.interviews.form.kinds import Kind, Question, Raises, Section

_YOUNG, _TEEN, _OLD = AgeBand.UNDER_12, AgeBand.TEENAGE, AgeBand.OLDER
_INTELLIGENCE = Raises(OutcomeKind.POLICE_INTELLIGENCE, Ground.CRIME_AGAINST_CHILD)
_PROTECT = Raises(OutcomeKind.S47, Ground.SERIOUS_HARM)

HARM = Section(
    "harm",
    "Harm and offences",
    (
        Question(
            "harm.hurt",
            "Somebody hurt them",
            Kind.SAID,
            {_YOUNG: "Did anybody hurt you?", _OLD: "Did anybody hurt you while you were away?"},
            (_PROTECT, _INTELLIGENCE),
        ),
        Question(
            "harm.sexual",
            "Something sexual they did not want, or were too young for",
            Kind.SAID,
            {
                _YOUNG: "Did anybody do something with you, or ask for something, that was not all right?",
                _TEEN: "Did anything sexual happen, or did anybody want it to, also online?",
            },
            (_PROTECT, _INTELLIGENCE, Raises(OutcomeKind.HEALTH)),
        ),
        Question(
            "harm.made_to",
            "Made to do or carry something",
            Kind.SAID,
            {
                _YOUNG: "Did anybody make you do something, or carry something for them?",
                _OLD: "Did anybody have you do things for them: carry, sell, collect, steal?",
            },
            (
                _INTELLIGENCE,
                Raises(OutcomeKind.NRM, Ground.CRIME_AGAINST_CHILD),
                Raises(OutcomeKind.EXPLOITATION_PANEL),
            ),
        ),
        Question(
            "harm.threatened",
            "Threatened, owing, or afraid of somebody",
            Kind.SAID,
            {
                _YOUNG: "Are you scared of somebody?",
                _OLD: "Does anybody have a hold over you, or say you owe them?",
            },
            (Raises(OutcomeKind.STRATEGY_MEETING, Ground.SERIOUS_HARM),),
        ),
        Question(
            "harm.adult",
            "An adult who keeps them or takes them in",
            Kind.SAID,
            {
                _YOUNG: "Is there a grown-up who hides you or lets you stay in secret?",
                _OLD: "Is there an adult you stay with whom your carers do not know about?",
            },
            (Raises(OutcomeKind.CAWN, Ground.CRIME_AGAINST_CHILD),),
        ),
        Question(
            "harm.self",
            "Hurting themself, or not wanting to live",
            Kind.SAID,
            {
                _YOUNG: "Do you sometimes want to hurt yourself?",
                _OLD: "Have you hurt yourself, or thought of ending your life?",
            },
            (Raises(OutcomeKind.HEALTH, Ground.SERIOUS_HARM),),
        ),
        Question(
            "harm.well",
            "How they feel in their body now",
            Kind.SAID,
            {
                _YOUNG: "Does anything hurt, or do you feel ill?",
                _OLD: "Do you feel unwell, or want to see a nurse?",
            },
            (Raises(OutcomeKind.HEALTH),),
        ),
        Question(
            "harm.others",
            "Another child at risk",
            Kind.SAID,
            {_YOUNG: "Is anybody else in trouble?", _OLD: "Are you worried for anybody else?"},
            (Raises(OutcomeKind.POLICE_INTELLIGENCE, Ground.RISK_TO_OTHERS),),
        ),
        Question(
            "harm.offence",
            "Something they did that worries them",
            Kind.SAID,
            {_YOUNG: "Did you do something you are worried about?"},
        ),
    ),
    "One question at a time. “Rather not say” is a good answer. Never ask where on the body, and do not ask"
    " for more than they offer: a yes is enough to act on.",
)
