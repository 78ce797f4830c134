"""What stands between counts and whoever reads them: the sums that hold, and what is not told."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

from django.conf import settings

from foundation import suppression
from foundation.suppression import Sum
from missingcases.voice.questions import MENTAL_HEALTH

YEAR = 0  # the column of all quarters together
ALL, LIVING, OTHERS = "all", "mental_health", "others"
RATE = "rate"
COUNTED = "n"  # the row of all answers together
Cells = dict[Hashable, int]


def sums_of(codes: tuple[str, ...], columns: tuple[int, ...], groups: tuple[str, ...]) -> list[Sum]:
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


def protected(
    by_force: Mapping[int | None, Mapping[str, Cells]], sums: Mapping[str, list[Sum]], force_id: int | None
) -> tuple[dict[str, Cells], dict[str, frozenset[Hashable]]]:
    """The counts of the scope by question, and the cells that are not told.

    A force's own figures never depend on another's. Where all forces are told together, what is hidden of
    one must not follow by taking the others away: such a cell is hidden of all.
    """
    names = {code: sorted({cell for one in sums[code] for cell in one.cells}, key=repr) for code in sums}
    filled = {
        force: {code: {name: of.get(code, {}).get(name, 0) for name in names[code]} for code in sums}
        for force, of in by_force.items()
    }
    together: dict[str, Cells] = {
        code: {name: sum(of[code][name] for of in filled.values()) for name in names[code]} for code in sums
    }
    if force_id is not None:
        return together, _hidden(together, sums, {})
    away = {force: _hidden(of, sums, {}) for force, of in filled.items()}
    secret = {code: {name for name in names[code] if _gives_way(code, name, filled, away)} for code in sums}
    return together, _hidden(together, sums, secret)


def _hidden(
    counts: Mapping[str, Cells], sums: Mapping[str, list[Sum]], secret: Mapping[str, set[Hashable]]
) -> dict[str, frozenset[Hashable]]:
    """What is not told of each question.

    How many live with a problem stands in every table: it is told in all of them or in none, as most
    people answer every question, and so one table would tell what another keeps.
    """
    shut: set[int] = set()
    while True:
        away = {
            code: suppression.hidden(
                cells,
                sums[code],
                fewest=settings.VOICE_FEWEST,
                untold=[name for name in cells if _part(name, 0) == OTHERS],
                secret=secret.get(code, set()) | {_living(code, column) for column in shut} & set(cells),
                cost=partial(_cost, code),
            )
            for code, cells in counts.items()
        }
        found = {
            int(_part(name, 1))
            for code, gone in away.items()
            for name in gone
            if _is_living(code, name) and counts[code][name] >= settings.VOICE_FEWEST
        }
        if found <= shut:
            return away
        shut |= found


def _part(name: Hashable, at: int) -> Any:
    return name[at] if isinstance(name, tuple) else name


def _living(code: str, column: int) -> Hashable:
    """The cell of a question that tells how many live with a mental-health problem."""
    return (ALL, column, "yes") if code == MENTAL_HEALTH else (LIVING, column, COUNTED)


def _is_living(code: str, name: Hashable) -> bool:
    return code != RATE and name == _living(code, _part(name, 1))


def _cost(code: str, name: Hashable) -> int:
    """What is hidden first beside a small number: the year, then an answer, and last how many answered.

    The last is much the same in every table, and so would be told by another; so are those who say that
    they live with a mental-health problem.
    """
    in_all = _part(name, 2) == COUNTED or (code == MENTAL_HEALTH and _part(name, 2) == "yes")
    return (2 if in_all else 0) + (0 if _part(name, 1) == YEAR else 1)


def _gives_way(
    code: str,
    name: Hashable,
    filled: Mapping[int | None, Mapping[str, Cells]],
    away: Mapping[int | None, Mapping[str, frozenset[Hashable]]],
) -> bool:
    """Whether all forces together less those that are told would tell of a few people."""
    if _part(name, 0) == OTHERS:
        return False
    left = [of[code][name] for force, of in filled.items() if name in away[force][code] and of[code][name]]
    return bool(left) and (len(left) == 1 or sum(left) < settings.VOICE_FEWEST)
