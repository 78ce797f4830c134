"""One set of tables is page, paper and files; nothing in a file runs, and what is hidden stays hidden."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from foundation.charts import svg
from foundation.printing.figures import print_tables
from foundation.table_files import as_csv, as_xlsx, defused
from foundation.tables import HIDDEN_NOTE, Chart, Hidden, Inside, Series, Table, said

AT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
TABLE = Table(
    "by_risk",
    "By risk",
    ("Risk", "Incidents", "Since"),
    (("=HYPERLINK(1)", 1200, AT), ("Low", Hidden(5), None)),
    note=HIDDEN_NOTE,
)
CHART = Chart(
    "months",
    "Incidents by month",
    "It rose & fell <fast>.",
    ("April", "May", "June"),
    (Series("This year", (3, Hidden(5), 9)), Series("The year before", (2, 4, None))),
    "lines",
    "Month",
)


def test_a_cell_is_said_in_words() -> None:
    cells = (1200, 12.25, Decimal("3.10"), date(2026, 4, 1), AT, Hidden(5), None, "words")
    assert [said(cell) for cell in cells] == [
        "1,200",
        "12.2",
        "3.10",
        "1 April 2026",
        "1 July 2026, 23:30:00",
        "not told*",
        "–",
        "words",
    ]


def test_a_file_runs_nothing_and_hides_what_is_hidden() -> None:
    lines = list(csv.reader(StringIO(as_csv([["Figures", AT]], [TABLE]).decode("utf-8-sig"))))
    assert lines[0] == ["Figures", "2026-07-01 23:30:00"]
    assert ["'=HYPERLINK(1)", "1200", "2026-07-01 23:30:00"] in lines
    assert ["Low", "not told*", ""] in lines
    book = load_workbook(BytesIO(as_xlsx([["Figures"]], [TABLE, TABLE])))
    assert book.sheetnames == ["About", "By risk", "By risk 2"]
    assert book["By risk"]["A2"].value == "'=HYPERLINK(1)"
    assert book["By risk"]["B2"].value == 1200


def test_a_count_that_stays_inside_is_told_on_a_page_and_in_no_file() -> None:
    assert said(Inside(1200)) == "1,200*"
    table = Table("own", "Own", ("Risk", "Incidents"), (("Low", Inside(3)), ("High", 12)))
    assert table.numeric == (False, True)
    for made in (as_csv, as_xlsx):
        with pytest.raises(TypeError, match="stays inside"):
            made([], [table])


@pytest.mark.parametrize("words", ["=1", " +1", "-1", "@a", "\t1", "＝1"])  # noqa: RUF001
def test_what_a_spreadsheet_might_run_is_defused(words: str) -> None:
    assert defused(words) == f"'{words}"


def test_a_chart_is_a_drawing_with_its_words_and_a_table_with_its_numbers() -> None:
    drawn = ElementTree.fromstring(svg(CHART, name="c"))
    names = {one.tag.rsplit("}", 1)[-1]: one.text for one in drawn}
    assert names["title"] == CHART.title
    assert names["desc"] == CHART.sentence
    assert "style" not in svg(CHART)
    assert CHART.table.headings == ("Month", "This year", "The year before")
    assert CHART.table.rows[1] == ("May", Hidden(5), 4)
    assert CHART.table.note == HIDDEN_NOTE


def test_a_row_that_does_not_fit_its_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("a", "A", ("One", "Two"), ((1,),))


def test_they_are_printed_as_tagged_pages_with_words_for_each_drawing() -> None:
    bars = Chart("bars", "Bars", "One is 4.", tuple("abcdefghijkl"), (Series("n", tuple(range(12))),) * 3)
    made = print_tables("Figures", [("Force", "Metropolitan")], [TABLE], [CHART, bars], made="Made today.")
    reader = PdfReader(BytesIO(made))
    words = " ".join(page.extract_text() for page in reader.pages)
    for one in ("Metropolitan", "1,200", "not told*", "Made today."):
        assert one in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert set(_alternatives(reader)) == {CHART.sentence, bars.sentence}


def _alternatives(reader: PdfReader) -> list[str]:
    found = [one.get_object() for one in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    told = []
    while found:
        one = found.pop()
        if not isinstance(one, dict):
            continue
        told += [str(one["/Alt"])] if "/Alt" in one else []
        below = one.get("/K", [])
        for each in below if isinstance(below, list) else [below]:
            found.append(each.get_object() if hasattr(each, "get_object") else each)
    return told


def test_a_scale_of_counts_is_in_whole_parts_and_nothing_told_is_not_drawn():
    one = Chart("one", "One", "One.", ("April", "May"), (Series("Incidents", (0, 1)),), "lines")
    assert not re.search(r">\d+\.\d+</text>", svg(one))
    none = Chart("none", "None", "None can be told.", ("April", "May"), (Series("Kept", (None, Hidden(5))),))
    assert one.tells
    assert not none.tells


def test_a_column_of_counts_and_shares_stands_as_numbers():
    rows = (("All", 54, "x"), ("Repeat", "3 of 54 (5.6%)", 2))
    assert Table("figures", "Figures", ("Figure", "2026", "Words"), rows).numeric == (False, True, False)
