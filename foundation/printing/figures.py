"""Printing facts, charts and tables: the same as their page, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foundation.charts import svg
from foundation.printing.services import HERE, LARGEST_PDF_PAGES, print_pdf
from foundation.tables import Chart, Table, said

_TEMPLATE = HERE / "typ" / "tables.typ"
# So many letters of its average cell, or of its longest word, give a column one more share of the width.
_LETTERS_A_SHARE, _LETTERS_OF_A_WORD = 12, 8
_WIDEST = 6.0
# Small enough to stand on one page in any case, so that it is never parted.
_ROWS_KEPT_TOGETHER, _LETTERS_KEPT_TOGETHER = 14, 1_200


def print_tables(
    title: str,
    facts: Sequence[tuple[str, str]],
    tables: Sequence[Table],
    charts: Sequence[Chart] = (),
    *,
    reference: str = "",
    banner: str = "",
    made: str = "",
    lines: Sequence[str] = (),
    most_pages: int = LARGEST_PDF_PAGES,
) -> bytes:
    """A tagged PDF/UA-1, A4 on its side. Raises `NotPrinted`.

    `lines` are paragraphs beneath the facts. `made` is the sentence in the foot of every page, `banner` the
    one at its head. The words of every chart are said, and each of its figures stands in a table.
    """
    pictures = {f"chart-{at}.svg": svg(one).encode() for at, one in enumerate(charts)}
    words = {
        "title": title,
        "reference": reference,
        "banner": banner,
        "made": made,
        "facts": [list(fact) for fact in facts],
        "lines": list(lines),
        "charts": [
            {"title": one.title, "sentence": one.sentence, "picture": f"chart-{at}.svg"}
            for at, one in enumerate(charts)
        ],
        "tables": [_table(one) for one in tables],
    }
    return print_pdf(_TEMPLATE, words, pictures, most_pages=most_pages).content


def _table(one: Table) -> dict[str, Any]:
    rows = [[said(cell) for cell in row] for row in one.rows]
    return {
        "title": one.title,
        "headings": list(one.headings),
        "numeric": list(one.numeric),
        "widths": [_share([heading, *cells]) for heading, *cells in zip(one.headings, *rows, strict=True)],
        "rows": rows,
        "is_whole": len(rows) <= _ROWS_KEPT_TOGETHER
        and sum(len(cell) for row in rows for cell in row) <= _LETTERS_KEPT_TOGETHER,
        "empty": one.empty,
        "note": one.note,
    }


def _share(cells: Sequence[str]) -> float:
    """How wide a column is beside the others: by how much it says, and never too narrow for a word."""
    average = sum(map(len, cells)) / len(cells)
    longest = max(len(word) for cell in cells for word in [*cell.split(), ""])
    return round(min(_WIDEST, max(1.0, average / _LETTERS_A_SHARE, longest / _LETTERS_OF_A_WORD)), 2)
