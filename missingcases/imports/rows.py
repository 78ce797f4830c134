"""A row of a file, whatever the file is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

MAX_COLUMNS = 200


class BadFile(ValueError):
    """A file that cannot be read at all; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file, from 1. `problem` says why it could not be read, if so."""

    line: int
    cells: dict[str, Any]
    problem: str = ""


def header(cells: list[Any]) -> list[str]:
    """The names of the columns. Raises `BadFile`."""
    names = ["" if cell is None else str(cell).strip().casefold().replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise BadFile("The first line must hold the names of the columns.")
    if len(names) > MAX_COLUMNS:
        raise BadFile(f"The file has more than {MAX_COLUMNS} columns.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadFile(f"The file has the column {twice[0] or '(without a name)'} more than once.")
    return names


def matched(line: int, names: list[str], cells: list[Any]) -> Row:
    """The cells by column; a row that ends early has nothing in the rest."""
    found = dict(zip_longest(names, cells[: len(names)]))
    if any(cell not in (None, "") for cell in cells[len(names) :]):
        words = f"The line has more cells than the {len(names)} columns. Is a comma not quoted?"
        return Row(line, found, words)
    return Row(line, found)
