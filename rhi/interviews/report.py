"""What of an interview leaves the provider: an allow-list, and the child's words only as the child agreed.

A copy at a time: `rhi.services` releases the report to the authority and never reads an answer itself.
"""

from __future__ import annotations

from foundation.clock import in_london
from rhi.interviews import selectors
from rhi.interviews.enums import ALWAYS, OutcomeStatus, Said, Sharing
from rhi.interviews.form import SECTIONS, Kind, Section
from rhi.interviews.models import Answer, Interview

Pairs = list[tuple[str, str]]
# The child's own telling of these goes out only with their agreement; codes, choices and plan as a summary.
_TOLD = ("push", "pull", "during", "after", "stop", "words")
_KEPT_BY_THE_CHILD = "plan"


def report_content(interview: Interview) -> Pairs:
    """Headed lines for the responsible authority. Harm is told as chosen answers, never as the child's words,
    unless they said that these may be passed on; the interviewer's analysis stands apart, as such."""
    answers = selectors.answers_of(interview)
    wish = selectors.wishes_of(answers).get("sharing.authority", "")
    lines: Pairs = [
        ("Interview held", f"{in_london(interview.held_at):%-d %B %Y}" if interview.held_at else "Not held"),
        ("What the child says about passing this on", _wish(wish)),
    ]
    if wish in {Sharing.ALL, Sharing.SUMMARY}:
        codes = selectors.codes_of(interview)
        for section in SECTIONS:
            lines += _themes(section, codes.get(section.key, []))
    lines += _choices(answers, wish)
    if wish == Sharing.ALL:
        lines += _words(answers)
    if wish in {Sharing.ALL, Sharing.SUMMARY}:
        lines += [
            ("Interviewer’s analysis: " + label, words) for label, words in _written("analysis", answers)
        ]
    return lines + _outcomes(interview, wish)


def _wish(wish: str) -> str:
    return str(Sharing(wish).label) if wish in Sharing.values else "Not asked"


def _section(key: str) -> Section:
    return next(section for section in SECTIONS if section.key == key)


def _themes(section: Section, codes: list[str]) -> Pairs:
    labels = [theme.label for theme in selectors.themes_of(section, also=codes) if theme.code in codes]
    return [(f"{section.title}: themes", ", ".join(labels))] if labels else []


def _choices(answers: dict[str, Answer], wish: str) -> Pairs:
    """A yes that is always passed on goes whatever the wish; any other answer as the child agreed."""
    lines: Pairs = []
    for section in SECTIONS:
        for question in section.questions:
            row = answers.get(question.key)
            if question.kind is not Kind.SAID or row is None or row.choice not in Said.values:
                continue
            always = row.choice == Said.YES and any(one.ground in ALWAYS for one in question.raises)
            if always or wish in {Sharing.ALL, Sharing.SUMMARY}:
                lines.append((question.label, str(Said(row.choice).label)))
    return lines


def _words(answers: dict[str, Answer]) -> Pairs:
    return [line for key in _TOLD for line in _headed("In the child’s words", key, answers)]


def _headed(heading: str, key: str, answers: dict[str, Answer]) -> Pairs:
    return [(f"{heading}: {label}", words) for label, words in _written(key, answers)]


def _written(key: str, answers: dict[str, Answer]) -> Pairs:
    rows = ((question.label, answers.get(question.key)) for question in _section(key).questions)
    return [(label, row.words) for label, row in rows if row is not None and row.words]


def _outcomes(interview: Interview, wish: str) -> Pairs:
    lines: Pairs = []
    for outcome in interview.outcomes.exclude(status=OutcomeStatus.DROPPED):
        if outcome.ground in ALWAYS or wish in {Sharing.ALL, Sharing.SUMMARY}:
            lines.append(
                (f"To be done: {outcome.get_kind_display()}", outcome.words or "As the heading says.")
            )
    return lines


def plan_of(interview: Interview) -> tuple[str, Pairs]:
    """The safety plan: the first name the child wanted on it, if any, and what they wrote, in their words."""
    answers = selectors.answers_of(interview)
    lines = _written(_KEPT_BY_THE_CHILD, answers)
    name = answers.get("plan.name")
    return (name.words.strip() if name else ""), [line for line in lines if line[0] != _NAME]


_NAME = _section(_KEPT_BY_THE_CHILD).questions[-1].label
