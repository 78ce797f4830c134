"""Files are read row by row; what cannot be read says why."""

import zipfile

import pytest

from missingcases.imports import readers
from missingcases.imports.readers import BadFile, rows_of
from tests.missingcases.imports.files import GOOD, as_csv, as_jsonl, as_xlsx


def read(tmp_path, kind: str, content: bytes) -> list[readers.Row]:
    path = tmp_path / f"file.{kind}"
    path.write_bytes(content)
    return list(rows_of(path, kind))


@pytest.mark.parametrize(("kind", "make"), [("csv", as_csv), ("xlsx", as_xlsx), ("jsonl", as_jsonl)])
def test_every_kind_gives_the_same_cells(tmp_path, kind, make) -> None:
    (row,) = read(tmp_path, kind, make(GOOD))
    assert row.cells == GOOD
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
        ("csv", ",".join(f"c{n}" for n in range(300)).encode(), "more than 200"),
        ("xlsx", b"PK nonsense", "not a spreadsheet"),
        ("xlsx", b"", "not a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, kind, content, words) -> None:
    with pytest.raises(BadFile, match=words):
        read(tmp_path, kind, content)


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(readers, "MAX_UNPACKED", 100)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 1000)
    with pytest.raises(BadFile, match="unpacks to more"):
        list(rows_of(path, "xlsx"))


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
