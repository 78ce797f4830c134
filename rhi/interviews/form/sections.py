"""The sections (domain.md section 6), in the order they are talked about.

A key never changes its meaning: a new question gets a new key, and `VERSION` goes up.
"""

from __future__ import annotations

from rhi.interviews.enums import AgeBand
from rhi.interviews.form.coming import AFTER, ANALYSIS, PLAN, SHARING, STOP, WORDS
from rhi.interviews.form.going import DURING, PULL, PUSH
from rhi.interviews.form.harm import HARM
from rhi.interviews.form.kinds import Section

VERSION = 1
SECTIONS = (PUSH, PULL, DURING, HARM, AFTER, STOP, PLAN, WORDS, SHARING, ANALYSIS)
QUESTIONS = {question.key: question for section in SECTIONS for question in section.questions}
_SECTION_OF = {question.key: section for section in SECTIONS for question in section.questions}
_THEMES = {section.themes_key: section for section in SECTIONS if section.coded}


def section_named(key: str) -> Section | None:
    """The section of that key."""
    return next((section for section in SECTIONS if section.key == key), None)


def section_of(question: str) -> Section | None:
    """The section a question, or a section's themes, stands in."""
    return _SECTION_OF.get(question) or _THEMES.get(question)


def band_of(age: int | None) -> AgeBand:
    """Whom the questions speak to. Where the age is not known: neither a small child nor nearly grown."""
    if age is None:
        return AgeBand.TEENAGE
    if age < 12:
        return AgeBand.UNDER_12
    return AgeBand.TEENAGE if age < 16 else AgeBand.OLDER
