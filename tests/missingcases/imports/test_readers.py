"""Files are read row by row; what cannot be read says why."""

import io
import tracemalloc
import zipfile
from collections import deque

import pytest

from missingcases.imports import readers, spreadsheets
from missingcases.imports.readers import rows_of
from missingcases.imports.rows import BadFile, Row
from tests.missingcases.imports.files import GOOD, as_csv, as_jsonl, as_xlsx


def read(tmp_path, kind: str, content: bytes) -> list[Row]:
    path = tmp_path / f"file.{kind}"
    path.write_bytes(content)
    return list(rows_of(path, kind))


@pytest.mark.parametrize(("kind", "make"), [("csv", as_csv), ("xlsx", as_xlsx), ("jsonl", as_jsonl)])
def test_every_kind_gives_the_same_cells(tmp_path, kind, make) -> None:
    (row,) = read(tmp_path, kind, make(GOOD))
    assert {name: value for name, value in row.cells.items() if value is not None} == GOOD
    assert row.line == (1 if kind == "jsonl" else 2)


def test_names_of_columns_are_read_kindly_and_empty_lines_passed_over(tmp_path) -> None:
    rows = read(tmp_path, "csv", "\ufeffForce Reference,Status\n,\nMP/1,closed\n".encode())
    assert [(row.line, row.cells) for row in rows] == [(3, {"force_reference": "MP/1", "status": "closed"})]


def test_a_quoted_line_break_keeps_the_count_of_lines(tmp_path) -> None:
    rows = read(tmp_path, "csv", b'a,b\n"x\ny",1\nz,2\n')
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'a,b\n1,"2" x\n3,4\n', "cannot be read as CSV"),
        (b"a,b\n1,2,3\n3,4\n", "more cells"),
    ],
)
def test_a_bad_line_does_not_stop_the_rest(tmp_path, content, words) -> None:
    bad, good = read(tmp_path, "csv", content)
    assert words in bad.problem
    assert good.cells == {"a": "3", "b": "4"}


def test_a_quotation_mark_that_nobody_closed_swallows_no_row(tmp_path) -> None:
    bad, *good = read(tmp_path, "csv", b'a,b\n"1,2\n3,4\n5,6\n')
    assert (bad.line, bad.problem.startswith("The line cannot be read as CSV")) == (2, True)
    assert [(row.line, row.cells) for row in good] == [(3, {"a": "3", "b": "4"}), (4, {"a": "5", "b": "6"})]


@pytest.mark.parametrize(
    "cell", [b"x" * 20_000_000, b'"' + b"x\n" * 400_000 + b'"'], ids=["one line", "many lines"]
)
def test_an_endless_cell_is_passed_over_without_being_held(tmp_path, cell) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b\n1," + cell + b"\n3,4\n")
    tracemalloc.start()
    try:
        rows = rows_of(path, "csv")
        first = next(rows)
        (last,) = deque(rows, maxlen=1)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert first.problem
    assert last.cells == {"a": "3", "b": "4"}
    assert peak < 10_000_000


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_separated_as_other_countries_do(tmp_path, separator) -> None:
    (row,) = read(tmp_path, "csv", f"a{separator}b\n1{separator}2\n".encode())
    assert row.cells == {"a": "1", "b": "2"}


@pytest.mark.parametrize(("kind", "content"), [("csv", b"a,b\n1\n"), ("csv", b"a;b\r\n1\r\n")])
def test_a_line_that_ends_early_has_nothing_in_the_rest(tmp_path, kind, content) -> None:
    (row,) = read(tmp_path, kind, content)
    assert (row.cells, row.problem) == ({"a": "1", "b": None}, "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"[" * 90_000, "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"harm": ["none"]}', "list or an object"),
        (b'"' + b"x" * 200_000 + b'"', "longer than"),
    ],
)
def test_a_bad_line_of_json_does_not_stop_the_rest(tmp_path, line, words) -> None:
    bad, good = read(tmp_path, "jsonl", line + b'\n{"A": 1}\n')
    assert words in bad.problem
    assert (good.line, good.cells) == (2, {"a": 1})


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("csv", b"", "first line"),
        ("csv", b"a,a\n1,2\n", "more than once"),
        ("csv", b",,\n1,2,3\n", "first line"),
        ("csv", b"a\n\xff\n", "not UTF-8"),
        ("csv", "a,b\nMüller,1\n".encode("cp1252"), "not UTF-8"),
        ("csv", "a,b\n1,2\n".encode("utf-16"), "not UTF-8"),
        ("csv", "a,b\n1,2\n".encode("utf-16-le"), "not UTF-8"),
        ("csv", b'"a,b\n1,2\n', "first line"),
        ("csv", ",".join(f"c{n}" for n in range(300)).encode(), "more than 200"),
        ("xlsx", b"PK nonsense", "not a spreadsheet"),
        ("xlsx", b"", "not a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, kind, content, words) -> None:
    with pytest.raises(BadFile, match=words):
        read(tmp_path, kind, content)


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_UNPACKED", 100)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 1000)
    with pytest.raises(BadFile, match="unpacks to more"):
        list(rows_of(path, "xlsx"))


def packed(tmp_path, **sheets: str):
    """A spreadsheet that is whole but for the words of one of its parts."""
    path = tmp_path / "odd.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(GOOD))) as whole,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as odd,
    ):
        for name in whole.namelist():
            replaced = [words for part, words in sheets.items() if name.endswith(f"{part}.xml")]
            odd.writestr(name, replaced[0] if replaced else whole.read(name))
    return path


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
CELL = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'


@pytest.mark.parametrize(
    ("part", "xml", "words"),
    [
        (
            "sheet1",
            SHEET.format("<sheetData><row r='1'>" + CELL.format("x" * 5_000_000) + "</row></sheetData>"),
            "longer than a cell can be",
        ),
        ("styles", "<a>" + "<b/>" * 1_000_000 + "</a>", "too many different words"),
        ("sheet1", "<worksheet><sheetData><row>", "not a spreadsheet"),
        ("workbook", "<workbook/>", "not a spreadsheet"),
    ],
)
def test_a_spreadsheet_made_to_do_harm_is_refused(tmp_path, monkeypatch, part, xml, words) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_HELD", 1_000_000)
    with pytest.raises(BadFile, match=words):
        list(rows_of(packed(tmp_path, **{part: xml}), "xlsx"))


def test_what_a_sheet_says_of_its_own_size_is_not_believed(tmp_path) -> None:
    rows = f'<row r="1">{CELL.format("a")}</row><row r="2">{CELL.format("b").replace("A1", "A2")}</row>'
    body = f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    (row,) = rows_of(packed(tmp_path, sheet1=SHEET.format(body)), "xlsx")
    assert row.cells == {"a": "b"}


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 3)
    with pytest.raises(BadFile, match="Split it"):
        read(tmp_path, "csv", b"a\n1\n2\n")


@pytest.mark.parametrize(("name", "kind"), [("A.CSV", "csv"), ("b.xlsx", "xlsx"), ("c.ndjson", "jsonl")])
def test_the_ending_tells_the_kind(name, kind) -> None:
    assert readers.kind_of(name) == kind


@pytest.mark.parametrize("name", ["a.xls", "a", "a.csv.exe"])
def test_another_ending_is_refused(name) -> None:
    with pytest.raises(BadFile, match="ends in"):
        readers.kind_of(name)
