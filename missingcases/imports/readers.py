"""Reading a file row by row, in bounded memory: CSV, XLSX and JSON Lines."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 200 * 1024 * 1024
# A spreadsheet is a ZIP: what it unpacks to is bounded too, so that a bomb is refused unopened.
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
MAX_LINE = 100_000
MAX_COLUMNS = 200


class BadFile(ValueError):
    """A file that cannot be read at all; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file, from 1. `problem` says why it could not be read, if so."""

    line: int
    cells: dict[str, Any]
    problem: str = ""


def rows_of(path: Path, kind: str) -> Iterator[Row]:
    """The rows of `path`; `kind` is csv, xlsx or jsonl. Raises `BadFile`."""
    if path.stat().st_size > MAX_BYTES:
        raise BadFile("The file is larger than 200 MB. Split it and import the parts.")
    yield from READERS[kind](path)


def kind_of(name: str) -> str:
    """The reader for a file name, by its ending. Raises `BadFile` for another ending."""
    ending = Path(name).suffix.lower().lstrip(".")
    kind = {"csv": "csv", "xlsx": "xlsx", "jsonl": "jsonl", "ndjson": "jsonl"}.get(ending)
    if kind is None:
        raise BadFile("Import a file that ends in .csv, .xlsx or .jsonl.")
    return kind


def _header(cells: list[Any]) -> list[str]:
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


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(MAX_LINE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            names = _header(next(reader, []))
            started = reader.line_num + 1
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Row(started, {}, f"The line cannot be read as CSV: {error}.")
                    started = reader.line_num + 1
                    continue
                if any(cells):
                    yield _matched(started, names, cells)
                started = reader.line_num + 1
    except UnicodeDecodeError:
        raise BadFile("The file is not UTF-8. Save it as “CSV UTF-8” and import it again.") from None


def _matched(line: int, names: list[str], cells: list[Any]) -> Row:
    extra = [cell for cell in cells[len(names) :] if cell not in (None, "")]
    if extra:
        return Row(line, {}, f"The line has more cells than the {len(names)} columns. Is a comma not quoted?")
    return Row(line, dict(zip(names, cells, strict=False)))


def _xlsx(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise BadFile("The spreadsheet unpacks to more than 2 GB. Save it as CSV and import that.")
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile("The file is not a spreadsheet that can be read. Save it as .xlsx again.") from None
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        names = _header(list(next(rows, ())))
        for line, cells in enumerate(rows, start=2):
            if any(cell not in (None, "") for cell in cells):
                yield _matched(line, names, list(cells))
    finally:
        book.close()


def _jsonl(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        line = 0
        while raw := stream.readline(MAX_LINE + 1):
            line += 1
            if len(raw) > MAX_LINE:
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(MAX_LINE)
                yield Row(line, {}, f"The line is longer than {MAX_LINE:,} bytes.")
            elif raw.strip():
                yield _object(line, raw)


def _object(line: int, raw: bytes) -> Row:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return Row(line, {}, "The line is not JSON.")
    if not isinstance(found, dict):
        return Row(line, {}, "The line is not a JSON object.")
    odd = sorted(name for name, value in found.items() if isinstance(value, dict | list))
    if odd:
        return Row(line, {}, f"{odd[0]} holds a list or an object; give words, separated by semicolons.")
    return Row(line, {name.strip().casefold(): value for name, value in found.items()})


READERS: dict[str, Callable[[Path], Iterator[Row]]] = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
