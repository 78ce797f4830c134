"""The learning review as tables: each result by the risk at each grading, and absences upgraded.

Small numbers are told to the force whose records they are, which may read them; to others not, and all tables
are protected together, as the same totals stand in several.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from foundation.suppression import Sum
from foundation.tables import HIDDEN_NOTE, Cell, Hidden, Table
from foundation.ui.timing import duration
from reports.learning.counting import (
    Path,
    Paths,
    first,
    highest,
    last,
    paths,
    was_absent,
    was_upgraded,
)
from reports.learning.outcomes import GRAVE, LEVEL_WORDS, LEVELS, UNGRADED, Result
from reports.periods import Period
from reports.rules import to_nearest, year_step
from reports.scope import Scope

FEWEST = 5
LAST_SHOWN = 5  # gradings one by one; what comes after is in "highest" and "last"
_ALL = "all"
_WAITS: tuple[tuple[str, timedelta | None], ...] = (
    ("Within an hour", timedelta(hours=1)),
    ("Within 4 hours", timedelta(hours=4)),
    ("Within 12 hours", timedelta(hours=12)),
    ("Within a day", timedelta(days=1)),
    ("Within 2 days", timedelta(days=2)),
    ("Later", None),
)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """The tables, the sentences that say them, and how many incidents they are of."""

    tables: tuple[Table, ...]
    sentences: tuple[str, ...]
    total: Cell
    cancelled: Cell
    ungraded: Cell


@dataclass(slots=True)
class Cells:
    """Every count of every table, the sums between them, which are not told, and how nearly the rest."""

    counts: dict[Hashable, int]
    sums: list[Sum]
    away: frozenset[Hashable] = frozenset()
    fewest: int = 0
    step: int = 1

    def __getitem__(self, key: Hashable) -> Cell:
        return Hidden(self.fewest) if key in self.away else to_nearest(self.counts[key], self.step)


def review(scope: Scope, period: Period, *, away: Collection[Hashable] | None = None) -> Review:
    """The review of the incidents that were reported in a period; without what is `away` where small numbers
    are not told (`reports.together`)."""
    found = paths(scope, period)
    took = found.waits
    cells = cells_of(found)
    if away is not None:
        cells.fewest, cells.away, cells.step = FEWEST, frozenset(away), year_step(scope)
    tables = (
        _by_level("first", "By the risk at the first grading", cells),
        _by_level("last", "By the risk at the last grading", cells),
        _by_level("highest", "By the highest risk of any grading", cells),
        *(_one_by_one(result, cells) for result in GRAVE),
        _upgraded(cells),
        _waited(cells),
    )
    return Review(
        tables=tables,
        sentences=_sentences(cells, took),
        total=cells["total", _ALL],
        cancelled=(
            to_nearest(found.cancelled, cells.step)
            if away is None or found.cancelled >= FEWEST
            else Hidden(FEWEST)
        ),
        ungraded=cells["first", UNGRADED, _ALL],
    )


def cells_of(found: Paths) -> Cells:
    """Every count of every table, and the sums between them."""
    cells = Cells({}, [])
    for result in (*Result.values, _ALL):
        cells.counts["total", result] = sum(
            count for (_, one), count in found.counts.items() if result in {one, _ALL}
        )
    cells.sums.append(Sum(("total", _ALL), tuple(("total", one) for one in Result.values)))
    for name, level_of in (("first", first), ("last", last), ("highest", highest)):
        _fill(cells, name, LEVELS, found.by(level_of), is_all=True)
    for number in range(2, LAST_SHOWN + 1):
        name = f"grading {number}"
        _fill(cells, name, LEVELS[:-1], found.by(_nth(number)), is_all=False)
    _fill_absences(cells, found, found.waits)
    return cells


def _nth(number: int) -> Callable[[Path], str | None]:
    def level_of(path: Path) -> str | None:
        return path[number - 1] if len(path) >= number else None

    return level_of


def _fill(
    cells: Cells,
    name: str,
    levels: tuple[str, ...],
    counts: Mapping[tuple[str, str], int],
    *,
    is_all: bool,
) -> None:
    """Cells of one table by level and result; `is_all` where every incident stands in it once."""
    for level in levels:
        for result in Result.values:
            cells.counts[name, level, result] = counts.get((level, result), 0)
        parts = tuple((name, level, result) for result in Result.values)
        cells.counts[name, level, _ALL] = sum(cells.counts[part] for part in parts)
        cells.sums.append(Sum((name, level, _ALL), parts))
    for result in (*Result.values, _ALL):
        parts = tuple((name, level, result) for level in levels)
        whole: Hashable = ("total", result) if is_all else (name, _ALL, result)
        cells.counts.setdefault(whole, sum(cells.counts[part] for part in parts))
        cells.sums.append(Sum(whole, parts))


def _fill_absences(cells: Cells, found: Paths, took: list[timedelta]) -> None:
    for kind, applies in (("upgraded", was_upgraded), ("not upgraded", _stayed_absent)):
        for result in Result.values:
            cells.counts[kind, result] = sum(
                count for (path, one), count in found.counts.items() if one == result and applies(path)
            )
        parts = tuple((kind, result) for result in Result.values)
        cells.counts[kind, _ALL] = sum(cells.counts[part] for part in parts)
        cells.sums.append(Sum((kind, _ALL), parts))
    for result in (*Result.values, _ALL):
        parts = (("upgraded", result), ("not upgraded", result))
        cells.sums.append(Sum(("first", LEVELS[0], result), parts))
    cells.sums.append(Sum(("upgraded", _ALL), tuple(("wait", words) for words, _ in _WAITS)))
    earlier = timedelta(-1)
    for words, most in _WAITS:
        cells.counts["wait", words] = sum(earlier < one and (most is None or one <= most) for one in took)
        earlier = most or earlier


def _stayed_absent(path: Path) -> bool:
    return was_absent(path) and not was_upgraded(path)


def _by_level(name: str, title: str, cells: Cells) -> Table:
    columns = (*Result.values, _ALL)
    rows = [(LEVEL_WORDS[level], *(cells[name, level, one] for one in columns)) for level in LEVELS]
    rows.append(("All", *(cells["total", one] for one in columns)))
    return _table(name, title, ("Risk", *Result.labels, "All"), rows)


def _one_by_one(result: Result, cells: Cells) -> Table:
    rows: list[tuple[Cell, ...]] = []
    graded = LEVELS[:-1]
    for number in range(1, LAST_SHOWN + 1):
        name = "first" if number == 1 else f"grading {number}"
        rows.append((f"Grading {number}", *(cells[name, level, result.value] for level in graded)))
    title = f"{result.label}: the risk at each grading, in their order"
    return _table(f"{result.value} each", title, ("Grading", *(LEVEL_WORDS[one] for one in graded)), rows)


def _upgraded(cells: Cells) -> Table:
    columns = (*Result.values, _ALL)
    rows = [
        ("Later graded missing", *(cells["upgraded", one] for one in columns)),
        ("Never graded missing", *(cells["not upgraded", one] for one in columns)),
        ("All", *(cells["first", LEVELS[0], one] for one in columns)),
    ]
    return _table("absent", "Absent at the first grading", ("Then", *Result.labels, "All"), rows)


def _waited(cells: Cells) -> Table:
    rows: list[tuple[Cell, ...]] = [(words, cells["wait", words]) for words, _ in _WAITS]
    title = "From the first grading as absent to the first as missing"
    return _table("waited", title, ("Time", "Incidents"), rows)


def _table(key: str, title: str, headings: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
    hides = any(isinstance(cell, Hidden) for row in rows for cell in row)
    return Table(key, title, headings, tuple(rows), note=HIDDEN_NOTE if hides else "")


def _sentences(cells: Cells, took: list[timedelta]) -> tuple[str, ...]:
    """What the tables say, in words, and nothing where the numbers are not told."""
    return (*_of_the_dead(cells), *_of_absences(cells, took))


def _of_the_dead(cells: Cells) -> tuple[str, ...]:
    dead, at_high = cells["total", Result.FATAL], cells["highest", "high", Result.FATAL]
    if not isinstance(dead, int) or not isinstance(at_high, int):
        return ("How many incidents ended fatally is too small a number to be told with its parts.",)
    if not dead:
        return ("No incident that was reported in this period is recorded to have ended fatally.",)
    exactly = cells.counts["total", Result.FATAL] - cells.counts["highest", "high", Result.FATAL]
    never = to_nearest(exactly, cells.step)
    of = f"Of {dead} incident{'' if dead == 1 else 's'} that ended fatally"
    if not never:
        return (f"{of}, each was graded high at some time.",)
    return (
        f"{of}, {never} {'was' if never == 1 else 'were'} never graded high. "
        "Even where the risk was not assessed as high an incident can end fatally.",
    )


def _of_absences(cells: Cells, took: list[timedelta]) -> tuple[str, ...]:
    absent, upgraded = cells["first", LEVELS[0], _ALL], cells["upgraded", _ALL]
    if isinstance(absent, Hidden) or isinstance(upgraded, Hidden) or not absent:
        return ()
    said = f"{upgraded} of {absent} incidents graded absent at first were later graded missing"
    if not took:
        return (f"{said}.",)
    return (f"{said}; half of them within {duration(took[(len(took) - 1) // 2].total_seconds())}.",)
