"""Tables as files for spreadsheets: CSV one after the other, XLSX a sheet for each. Nothing in them runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from foundation.tables import Cell, Hidden, Inside, Table, clock

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet may take for a formula, also in the full width of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def defused(words: str) -> str:
    """The words, with an apostrophe in front where a spreadsheet might run them as a formula."""
    odd = words.lstrip().startswith(FORMULA) or words.startswith(("\t", "\r", "\n"))
    return f"'{words}" if odd else words


def for_a_file(cell: Cell) -> str | int | float | Decimal:
    """A cell as a spreadsheet sorts it. What is not told says so in words, and nothing is empty.

    Raises `TypeError` for a count that is to stay inside: a file leaves.
    """
    if isinstance(cell, Inside):
        raise TypeError("A count that stays inside is in no file.")
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return clock(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str | Hidden):
        return defused(str(cell))
    return cell


def as_csv(about: Sequence[Sequence[Cell]], tables: Iterable[Table]) -> bytes:
    """The lines of `about`, then each table under its title. The first mark is for spreadsheets."""
    kept = StringIO()
    sheet = csv.writer(kept)
    sheet.writerows([for_a_file(cell) for cell in line] for line in about)
    for table in tables:
        sheet.writerow([])
        sheet.writerow([defused(table.title)])
        sheet.writerows(_lines(table))
    return b"\xef\xbb\xbf" + kept.getvalue().encode()


def as_xlsx(about: Sequence[Sequence[Cell]], tables: Iterable[Table]) -> bytes:
    """A first sheet with the lines of `about`, and a sheet for each table, called by its key."""
    from openpyxl import Workbook  # a seventh of the time that every process takes to start

    book = Workbook(write_only=True)
    first = book.create_sheet("About")
    for line in about:
        first.append([for_a_file(cell) for cell in line])
    names = {"about"}
    for table in tables:
        sheet = book.create_sheet(_name(table.key, names))
        for row in _lines(table):
            sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


# By the name of the file's kind: what it is sent as, and what writes it.
FILES = {"csv": (CSV, as_csv), "xlsx": (XLSX, as_xlsx)}


def _lines(table: Table) -> list[list[str | int | float | Decimal]]:
    heads: list[str | int | float | Decimal] = [defused(one) for one in table.headings]
    rows = [[for_a_file(cell) for cell in row] for row in table.rows]
    notes: list[list[str | int | float | Decimal]] = [[defused(table.note)]] if table.note else []
    return [heads, *rows, *notes]


def _name(key: str, taken: set[str]) -> str:
    """A sheet's name: short enough, without the signs that spreadsheets refuse, and there once."""
    words = _NOT_IN_A_NAME.sub(" ", key.replace("_", " ")).strip().capitalize()[:_LONGEST_NAME]
    name, number = words, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = words[: _LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name
