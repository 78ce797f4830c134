"""Printing facts, charts and tables: the same as their page, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foundation.charts import svg
from foundation.printing.services import HERE, LARGEST_PDF_PAGES, print_pdf
from foundation.tables import Chart, Table, said

_TEMPLATE = HERE / "typ" / "tables.typ"
# A narrow column for a number, a wide one for words: shares of the width of a page.
_WIDTH_OF_WORDS, _WIDTH_OF_NUMBERS = 2, 1


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
    numeric = one.numeric
    return {
        "title": one.title,
        "headings": list(one.headings),
        "numeric": list(numeric),
        "widths": [_WIDTH_OF_NUMBERS if is_numeric else _WIDTH_OF_WORDS for is_numeric in numeric],
        "rows": [[said(cell) for cell in row] for row in one.rows],
        "empty": one.empty,
        "note": one.note,
    }
