"""Figures by question, kind of respondent, quarter and force, without a number that points at somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.voice import deadlines, suppression
from missingcases.voice.enums import InvitationStatus, Respondent
from missingcases.voice.models import Answer, Invitation
from missingcases.voice.policies import may_read_figures
from missingcases.voice.questions import MENTAL_HEALTH, QUESTIONS, Question
from missingcases.voice.suppression import Sum

YEAR = 0  # the column of all quarters together
ALL, LIVING, OTHERS = "all", "mental_health", "others"
COUNTED = "n"  # the row of all answers together
FIRST_YEAR = 2026
Cells = dict[Hashable, int]


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
    tables = [_rate(scope, charity, columns)]
    answers = _answers(scope, charity)
    for question in QUESTIONS:
        tables += _of_question(question, scope, answers, columns)
    return Figures(columns, tuple(tables), settings.VOICE_FEWEST)


_Given = list[tuple[int | None, date, dict[str, str]]]


def _answers(scope: Scope, charity_id: int | None) -> _Given:
    rows: QuerySet[Answer] = Answer.objects.filter(respondent=scope.respondent, month__year=scope.year)
    if charity_id is not None:
        rows = rows.filter(charity_id=charity_id)
    if scope.force_id is not None:
        rows = rows.filter(force_id=scope.force_id)
    return list(rows.order_by().values_list("force_id", "month", "answers"))


def _of_question(question: Question, scope: Scope, answers: _Given, columns: tuple[int, ...]) -> list[Table]:
    """The question's table, and the same of those who live with a mental-health problem."""
    codes = tuple(code for code, _label in question.choices)
    by_force: dict[int | None, Cells] = {}
    for force_id, month, given in answers:
        if question.code not in given:
            continue
        cells = by_force.setdefault(force_id, Counter())
        lives = question.code != MENTAL_HEALTH and given.get(MENTAL_HEALTH) == "yes"
        _count(cells, deadlines.quarter_of(month), given[question.code], columns, lives=lives)
    groups = (ALL,) if question.code == MENTAL_HEALTH else (ALL, LIVING)
    sums = _sums(codes, columns, groups)
    counts, away = _protected(by_force, sums, scope)
    labels = {code: str(label) for code, label in question.choices}
    return [
        Table(
            question.code,
            str(question.words),
            question.counted,
            group,
            _rows(labels, group, columns, counts, away),
        )
        for group in groups
    ]


def _count(cells: Cells, quarter: int, answer: str, columns: tuple[int, ...], *, lives: bool) -> None:
    if quarter not in columns:
        return
    for column in {quarter, YEAR} & set(columns):
        for group in (ALL, LIVING if lives else OTHERS):
            for row in (answer, COUNTED):
                cells[group, column, row] = cells.get((group, column, row), 0) + 1


def _rate(scope: Scope, charity_id: int | None, columns: tuple[int, ...]) -> Table:
    """How many of those who said yes to being asked have answered, by when they said yes."""
    rows = Invitation.objects.filter(respondent=scope.respondent, asked_at__year=scope.year)
    if charity_id is not None:
        rows = rows.filter(charity_id=charity_id)
    if scope.force_id is not None:
        rows = rows.filter(force_id=scope.force_id)
    by_force: dict[int | None, Cells] = {}
    for force_id, asked_at, status in rows.order_by().values_list("force_id", "asked_at", "status"):
        answer = "answered" if status == InvitationStatus.ANSWERED else "not"
        quarter = deadlines.quarter_of(timezone.localdate(asked_at))
        _count(by_force.setdefault(force_id, Counter()), quarter, answer, columns, lives=False)
    codes = ("answered", "not")
    counts, away = _protected(by_force, _sums(codes, columns, (ALL,)), scope)
    labels = {"answered": "Answered", "not": "Not answered"}
    return Table(
        "rate",
        "How many answered",
        "Of those who said yes to being asked, by the quarter in which they did.",
        ALL,
        _rows(labels, ALL, columns, counts, away, counted="Invited"),
    )


def _sums(codes: tuple[str, ...], columns: tuple[int, ...], groups: tuple[str, ...]) -> list[Sum]:
    """Every sum that holds between the cells of a question."""
    quarters = tuple(column for column in columns if column != YEAR)
    rows = (*codes, COUNTED)
    split = LIVING in groups
    kinds = (ALL, LIVING, OTHERS) if split else (ALL,)
    found = [
        Sum((kind, column, COUNTED), tuple((kind, column, code) for code in codes))
        for kind in kinds
        for column in columns
    ]
    if YEAR in columns:
        found += [
            Sum((kind, YEAR, row), tuple((kind, quarter, row) for quarter in quarters))
            for kind in kinds
            for row in rows
        ]
    if split:
        found += [
            Sum((ALL, column, row), ((LIVING, column, row), (OTHERS, column, row)))
            for column in columns
            for row in rows
        ]
    return found


def _protected(
    by_force: Mapping[int | None, Cells], sums: list[Sum], scope: Scope
) -> tuple[Cells, frozenset[Hashable]]:
    """The counts of the scope, and the cells that are not told.

    A force's own figures never depend on another's. Where all forces are told together, what is hidden of
    one must not follow by taking the others away: such a cell is hidden of all.
    """
    names = sorted({cell for one in sums for cell in one.cells}, key=repr)
    # A quarter is worth more than the year that it gives away.
    spared = [name for name in names if isinstance(name, tuple) and name[1] != YEAR]
    untold = [name for name in names if isinstance(name, tuple) and name[0] == OTHERS]
    fewest = settings.VOICE_FEWEST
    filled = {force: {name: cells.get(name, 0) for name in names} for force, cells in by_force.items()}
    together: Cells = {name: sum(cells[name] for cells in filled.values()) for name in names}
    if scope.force_id is not None:
        return together, suppression.hidden(together, sums, fewest=fewest, untold=untold, spared=spared)
    away = {
        force: suppression.hidden(cells, sums, fewest=fewest, untold=untold, spared=spared)
        for force, cells in filled.items()
    }
    secret = [name for name in names if _gives_way(name, filled, away, fewest)]
    return together, suppression.hidden(
        together, sums, fewest=fewest, untold=untold, secret=secret, spared=spared
    )


def _gives_way(
    name: Hashable,
    filled: Mapping[int | None, Cells],
    away: Mapping[int | None, frozenset[Hashable]],
    fewest: int,
) -> bool:
    """Whether all forces together less those that are told would tell of a few people."""
    if isinstance(name, tuple) and name[0] == OTHERS:
        return False
    left = [cells[name] for force, cells in filled.items() if name in away[force] and cells[name]]
    return bool(left) and (len(left) == 1 or sum(left) < fewest)


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
