"""Figures by question, kind of respondent, quarter and force, without a number that points at somebody."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.voice import deadlines
from missingcases.voice.enums import InvitationStatus, Respondent
from missingcases.voice.models import Answer, Invitation
from missingcases.voice.policies import may_read_figures
from missingcases.voice.questions import MENTAL_HEALTH, QUESTIONS, Question
from missingcases.voice.selectors.protecting import (
    ALL,
    COUNTED,
    LIVING,
    OTHERS,
    RATE,
    YEAR,
    Cells,
    protected,
    sums_of,
)

FIRST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Scope:
    """What was asked for: of one force, or of all (None); of one kind of people; of one year."""

    respondent: Respondent
    year: int
    force_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One count, None where it is not told; `share` in percent of its column, where both are told."""

    count: int | None
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One answer, over the quarters and the year."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One question, of everybody who answered it or of those who live with a mental-health problem."""

    key: str
    title: str
    definition: str
    group: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All tables of a scope. `columns` are quarters, and 0 for those of the year together."""

    columns: tuple[int, ...]
    tables: tuple[Table, ...]
    fewest: int


def scope_for(actor: Actor, *, respondent: str, year: int, force_id: int | None) -> Scope:
    """What the actor may ask for: a force always means its own, whatever was asked. Raises `Refused`."""
    require(may_read_figures(actor))
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        force_id = actor.organisation_id
    kind = Respondent(respondent) if respondent in Respondent.values else Respondent.ADULT
    now = timezone.localdate().year
    return Scope(kind, year if FIRST_YEAR <= year <= now else now, force_id)


def figures(actor: Actor, scope: Scope, *, now: datetime) -> Figures:
    """The tables of a scope. Raises `Refused` for a force that asks for another's."""
    require(may_read_figures(actor))
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        scope = Scope(scope.respondent, scope.year, actor.organisation_id)
    quarters = deadlines.ended_quarters(scope.year, now)
    if not quarters:
        return Figures((), (), settings.VOICE_FEWEST)
    columns = quarters if len(quarters) == 1 else (*quarters, YEAR)
    charity = actor.organisation_id if actor.organisation_kind == OrganisationKind.CHARITY else None
    sums = {RATE: sums_of(("answered", "not"), columns, (ALL,))} | {
        one.code: sums_of(tuple(code for code, _label in one.choices), columns, _groups(one))
        for one in QUESTIONS
    }
    counts, away = protected(_counted(scope, charity, columns), sums, scope.force_id)
    tables = [_rate(columns, counts[RATE], away[RATE])]
    for question in QUESTIONS:
        tables += _of_question(question, columns, counts[question.code], away[question.code])
    return Figures(columns, tuple(tables), settings.VOICE_FEWEST)


def _groups(question: Question) -> tuple[str, ...]:
    return (ALL,) if question.code == MENTAL_HEALTH else (ALL, LIVING)


def _counted(
    scope: Scope, charity_id: int | None, columns: tuple[int, ...]
) -> dict[int | None, dict[str, Cells]]:
    """The counts of each force, by question."""
    of: dict[str, Any] = {"respondent": scope.respondent}
    if charity_id is not None:
        of["charity_id"] = charity_id
    if scope.force_id is not None:
        of["force_id"] = scope.force_id
    found: dict[int | None, dict[str, Cells]] = {}
    rows = Answer.objects.filter(month__year=scope.year, **of).order_by()
    for force_id, month, given in rows.values_list("force_id", "month", "answers"):
        for code, answer in given.items():
            lives = code != MENTAL_HEALTH and given.get(MENTAL_HEALTH) == "yes"
            cells = found.setdefault(force_id, {}).setdefault(code, {})
            _count(cells, deadlines.quarter_of(month), answer, columns, lives=lives)
    asked = Invitation.objects.filter(asked_at__year=scope.year, **of).order_by()
    for force_id, asked_at, status in asked.values_list("force_id", "asked_at", "status"):
        answer = "answered" if status == InvitationStatus.ANSWERED else "not"
        cells = found.setdefault(force_id, {}).setdefault(RATE, {})
        _count(cells, deadlines.quarter_of(timezone.localdate(asked_at)), answer, columns, lives=False)
    return found


def _count(cells: Cells, quarter: int, answer: str, columns: tuple[int, ...], *, lives: bool) -> None:
    if quarter not in columns:
        return
    for column in {quarter, YEAR} & set(columns):
        for group in (ALL, LIVING if lives else OTHERS):
            for row in (answer, COUNTED):
                cells[group, column, row] = cells.get((group, column, row), 0) + 1


def _of_question(
    question: Question, columns: tuple[int, ...], counts: Cells, away: frozenset[Hashable]
) -> list[Table]:
    """The question's table, and the same of those who live with a mental-health problem."""
    labels = {code: str(label) for code, label in question.choices}
    return [
        Table(
            question.code,
            str(question.words),
            question.counted,
            group,
            _rows(labels, group, columns, counts, away),
        )
        for group in _groups(question)
    ]


def _rate(columns: tuple[int, ...], counts: Cells, away: frozenset[Hashable]) -> Table:
    """How many of those who said yes to being asked have answered, by when they said yes."""
    labels = {"answered": "Answered", "not": "Not answered"}
    return Table(
        RATE,
        "How many answered",
        "Of those who said yes to being asked, by the quarter in which they did.",
        ALL,
        _rows(labels, ALL, columns, counts, away, counted="Invited"),
    )


def _rows(
    labels: Mapping[str, str],
    group: str,
    columns: tuple[int, ...],
    counts: Cells,
    away: frozenset[Hashable],
    *,
    counted: str = "All who answered this",
) -> tuple[Row, ...]:
    def cell(column: int, row: str) -> Cell:
        name, of = (group, column, row), (group, column, COUNTED)
        if name in away:
            return Cell(None)
        share = round(100 * counts[name] / counts[of]) if of not in away and row != COUNTED else None
        return Cell(counts[name], share)

    return tuple(
        Row(label, tuple(cell(column, code) for column in columns))
        for code, label in (*labels.items(), (COUNTED, counted))
    )
