"""Saving what is typed: one question at a time, never over what somebody else wrote meanwhile.

The save is one statement: it looks whether the actor may write, writes, and notes it in the trail. It is made
at every pause of a hand, often over a poor network. The same change sent twice is one: a phone that never
heard the answer sends it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.prepared import fetch_row
from rhi.enums import ENDED
from rhi.interviews import selectors
from rhi.interviews.enums import InterviewStatus
from rhi.interviews.form import QUESTIONS, Section, section_of
from rhi.interviews.models import Answer, Coding, Interview, Theme
from rhi.interviews.policies import may_write

LONGEST = 20_000
_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))
_SAVE = f"""
WITH seen AS (
    SELECT i.id FROM interviews_interview i JOIN rhi_referral r ON r.id = i.referral_id
    WHERE i.reference = %(reference)s AND i.status = '{InterviewStatus.DRAFT}'
      AND r.interviewer_id = %(user)s AND r.provider_id = %(organisation)s AND r.status NOT IN ({_ENDED})
    FOR SHARE OF i
), found AS (
    INSERT INTO interviews_answer
        (interview_id, question, choice, words, version, change, written_by_id, written_at)
    SELECT id, %(question)s, %(choice)s, %(words)s, 1, %(change)s::uuid, %(user)s, %(now)s::timestamptz
    FROM seen
    ON CONFLICT (interview_id, question) DO UPDATE
    SET choice = excluded.choice, words = excluded.words, change = excluded.change,
        version = interviews_answer.version + 1, written_by_id = excluded.written_by_id,
        written_at = excluded.written_at
    WHERE interviews_answer.version = %(version)s
    RETURNING ARRAY[interview_id] AS ids, version
), noted AS ({{noted}})
SELECT version FROM found
"""  # noqa: S608 - the words in it are our own
_STATEMENT = _SAVE.format(noted=audit.READ.format(found="found"))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed under one question. `version` is the one it was read at; 0 where there was nothing."""

    question: str
    version: int
    choice: str = ""
    words: str = ""
    codes: tuple[str, ...] = ()
    change: UUID | None = None


def save_answer(*, actor: Actor, reference: str, typed: Typed) -> int:
    """Save one question and answer its new version.

    Raises `Conflict` with both sides where somebody saved since it was read; `Invalid`, `NotVisible`,
    `Refused`.
    """
    _check(typed)
    if typed.question not in QUESTIONS:
        return _save_themes(actor, reference, typed)
    version = _saved(actor, reference, typed)
    return version if version is not None else _why_not(actor, reference, typed)


@transaction.atomic
def save_section(*, actor: Actor, reference: str, typed: Iterable[Typed]) -> None:
    """Save what changed of a page. All of it or nothing; raises as `save_answer` does."""
    stored = selectors.answers_of(_writable(actor, reference))
    changed = [one for one in typed if _differs(one, stored.get(one.question))]
    theirs: dict[str, Answer] = {}
    for one in changed:
        try:
            save_answer(actor=actor, reference=reference, typed=one)
        except Conflict as problem:
            theirs[one.question] = problem.theirs["answer"]
    if theirs:
        raise Conflict(version=0, theirs=theirs, yours={one.question: one for one in changed})


def _check(typed: Typed) -> None:
    question = QUESTIONS.get(typed.question)
    if section_of(typed.question) is None:
        raise Invalid({typed.question: "There is no such question."})
    if len(typed.words) > LONGEST:
        raise Invalid({typed.question: f"Shorten this to {LONGEST:,} characters."})
    choices = {value for value, _ in question.choices} if question else set()
    if typed.choice and typed.choice not in choices:
        raise Invalid({typed.question: "Choose one of the answers."})


def _differs(typed: Typed, row: Answer | None) -> bool:
    said = (typed.choice, typed.words if typed.question in QUESTIONS else " ".join(typed.codes))
    return said != ((row.choice, row.words) if row else ("", ""))


def _saved(actor: Actor, reference: str, typed: Typed) -> int | None:
    if not actor.holds({Role.RHI_INTERVIEWER}):
        raise NotVisible(reference)
    values = {
        **audit.reading(actor=actor, action="interview.written", target=Interview),
        "fields": [typed.question],
        "reference": reference,
        "user": actor.user_id,
        "organisation": actor.organisation_id,
        "question": typed.question,
        "choice": typed.choice,
        "words": Answer._meta.get_field("words").get_prep_value(typed.words),
        "change": str(typed.change) if typed.change else None,
        "version": typed.version,
        "now": timezone.now(),
    }
    found = fetch_row(_STATEMENT, values)
    return None if found is None else int(found[0])


def _why_not(actor: Actor, reference: str, typed: Typed) -> int:
    """Nothing was written: told already, changed by somebody else, or no longer theirs to write."""
    interview = _writable(actor, reference)
    row = interview.answers.get(question=typed.question)
    if typed.change is not None and row.change == typed.change:
        return row.version
    raise Conflict(version=row.version, theirs={"answer": row}, yours={"answer": typed})


def _writable(actor: Actor, reference: str) -> Interview:
    interview = selectors.interview_named(actor, reference)
    require(may_write(actor, interview))
    if not selectors.writable_by(actor).filter(pk=interview.pk).exists():
        raise NotVisible(reference)
    return interview


@transaction.atomic
def _save_themes(actor: Actor, reference: str, typed: Typed) -> int:
    """The themes of a section, saved as an answer is; figures read the codings, never the answer."""
    section = section_of(typed.question)
    themes = list(Theme.objects.filter(section=section.key if section else "", code__in=typed.codes))
    if len(themes) != len(set(typed.codes)):
        raise Invalid({typed.question: "Choose from the list of themes."})
    as_answer = Typed(typed.question, typed.version, words=" ".join(typed.codes), change=typed.change)
    version = _saved(actor, reference, as_answer)
    if version is None:
        return _why_not(actor, reference, as_answer)
    interview = Interview.objects.get(reference=reference)
    _code(interview, section, themes)
    return version


def _code(interview: Interview, section: Section | None, themes: list[Theme]) -> None:
    coded = Coding.objects.filter(interview=interview, theme__section=section.key if section else "")
    coded.exclude(theme__in=themes).delete()
    known = set(coded.values_list("theme_id", flat=True))
    Coding.objects.bulk_create(
        [Coding(interview=interview, theme=theme) for theme in themes if theme.pk not in known]
    )
