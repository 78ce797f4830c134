"""Reading a file row by row, in bounded memory: CSV and JSON Lines here, XLSX in `spreadsheets`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from missingcases.imports.lines import MAX_LINE, Lines
from missingcases.imports.rows import BadFile, Row, header, matched

MAX_BYTES = 200 * 1024 * 1024
# What programs separate columns by, in this or that country; the header tells which it was.
SEPARATORS = ",;\t"
_NOT_UTF8 = "The file is not UTF-8. Save it as “CSV UTF-8” and import it again."


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


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(MAX_LINE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _records(Lines(stream))
    except UnicodeDecodeError:
        raise BadFile(_NOT_UTF8) from None


def _records(lines: Lines) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=_separator(lines), strict=True)
    try:
        names = header(next(reader, []))
    except csv.Error as error:
        raise BadFile(f"The first line must hold the names of the columns: {error}.") from None
    if any("\x00" in name for name in names):
        raise BadFile(_NOT_UTF8)
    while True:
        started = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quotation mark that nobody closed swallowed the lines below it: they are read again.
            lines.go_back_to(started + 1)
            yield Row(started, {}, f"The line cannot be read as CSV: {error}.")
            continue
        if any(cells):
            yield matched(started, names, cells)


def _separator(lines: Lines) -> str:
    first = lines.peek()
    return max(SEPARATORS, key=first.count)


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


def _xlsx(path: Path) -> Iterator[Row]:
    from missingcases.imports.spreadsheets import xlsx  # its library takes a seventh of a start to load

    yield from xlsx(path)


READERS: dict[str, Callable[[Path], Iterator[Row]]] = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
