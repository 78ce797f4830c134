"""Printing the report: the same facts and tables as its page, in the same order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alerts.report import Report, Table, shown, spoken
from foundation.printing.services import Printed, print_pdf

_TEMPLATE = Path(__file__).parent / "typ" / "report.typ"
# A narrow column for a number, a wide one for words: shares of the width of a page.
_WIDTH_OF_WORDS, _WIDTH_OF_NUMBERS = 2, 1


def print_report(report: Report) -> Printed:
    """The report as a tagged PDF/UA-1, A4 on its side. Raises `NotPrinted`."""
    return print_pdf(_TEMPLATE, words_of(report))


def words_of(report: Report) -> dict[str, Any]:
    """All that the paper says."""
    return {
        "title": report.title,
        "reference": report.reference,
        "is_rehearsal": report.is_rehearsal,
        "made": f"Made {spoken(report.made_at)}. Times are those of London.",
        "facts": report.facts,
        "tables": [_table(one) for one in report.tables],
    }


def _table(one: Table) -> dict[str, Any]:
    numeric = [all(isinstance(row[place], int) for row in one.rows) for place in range(len(one.headings))]
    return {
        "title": one.title,
        "headings": one.headings,
        "numeric": numeric,
        "widths": [_WIDTH_OF_NUMBERS if is_numeric else _WIDTH_OF_WORDS for is_numeric in numeric],
        "rows": [[_said(shown(cell)) for cell in row] for row in one.rows],
        "empty": one.empty,
    }


def _said(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else cell
