"""How an incident ended, for learning from it: one of six, the gravest that is recorded. Data and words."""

from __future__ import annotations

from django.db.models import TextChoices

from missingcases.enums import Harm, Outcome, RiskLevel

# Harm that a review would ask about (P): against the person, or near to death.
SERIOUS_HARM: tuple[str, ...] = (
    Harm.PHYSICAL_ASSAULT,
    Harm.SEXUAL_OFFENCE,
    Harm.SEXUAL_EXPLOITATION,
    Harm.CRIMINAL_EXPLOITATION,
    Harm.TRAFFICKING,
    Harm.SELF_HARM,
    Harm.SUICIDE_ATTEMPT,
)


class Result(TextChoices):
    """What an incident came to, in the order of the tables."""

    FATAL = "fatal", "Fatal"
    SERIOUS = "serious", "Serious harm"
    OTHER = "other", "Other harm"
    UNHARMED = "unharmed", "No harm"
    UNKNOWN = "unknown", "Not known"
    OPEN = "open", "Not ended"


GRAVE: tuple[Result, ...] = (Result.FATAL, Result.SERIOUS)
# What a grading can have said, the lowest first; the last is an incident that nobody graded.
UNGRADED = ""
LEVELS: tuple[str, ...] = (
    RiskLevel.NO_APPARENT,
    RiskLevel.LOW,
    RiskLevel.MEDIUM,
    RiskLevel.HIGH,
    UNGRADED,
)
LEVEL_WORDS: dict[str, str] = {
    **{value: str(label) for value, label in RiskLevel.choices},
    RiskLevel.NO_APPARENT: "Absent, or no apparent risk",
    UNGRADED: "Not graded",
}
# The same order as SQL; `harm` is an array. Nothing recorded of harm is not known, never none.
RESULT_SQL = f"""CASE
    WHEN i.outcome = '{Outcome.LOCATED_DECEASED.value}' THEN 'fatal'
    WHEN i.outcome = '' THEN 'open'
    WHEN i.harm && %(serious)s::varchar[] THEN 'serious'
    WHEN i.harm = ARRAY['{Harm.NONE.value}']::varchar[] THEN 'unharmed'
    WHEN i.harm = '{{}}' OR i.harm = ARRAY['{Harm.NOT_KNOWN.value}']::varchar[] THEN 'unknown'
    ELSE 'other' END"""
