"""XLSX row by row. A spreadsheet is a ZIP of XML: what it unpacks to is looked at before it is opened."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from missingcases.imports.rows import BadFile, Row, header, matched

MAX_UNPACKED = 1024 * 1024 * 1024
# Words that cells share, formats and the like are held in memory whole; sheets are not.
MAX_HELD = 100 * 1024 * 1024
# The longest stretch between two tags: a cell takes 32,767 characters at most.
MAX_CELL = 1024 * 1024
_SHEETS = "xl/worksheets/"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    LookupError,
    OSError,
    EOFError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,  # locked with a password, or packed in a way that Python cannot read
)


def xlsx(path: Path) -> Iterator[Row]:
    """The rows of the first sheet. Raises `BadFile`."""
    try:
        _refuse_bombs(path)
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            yield from _rows(book)
        finally:
            book.close()
    except BadFile:
        raise
    except _UNREADABLE:
        raise BadFile("The file is not a spreadsheet that can be read. Save it as .xlsx again.") from None


def _rows(book: Any) -> Iterator[Row]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows = sheet.iter_rows(values_only=True)
    names = header(list(next(rows, ())))
    for line, cells in enumerate(rows, start=2):
        if any(cell not in (None, "") for cell in cells):
            yield matched(line, names, list(cells))


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise BadFile("The spreadsheet unpacks to more than 1 GB. Save it as CSV and import that.")
        held = sum(part.file_size for part in parts if not part.filename.startswith(_SHEETS))
        if held > MAX_HELD:
            raise BadFile("The spreadsheet holds too many different words. Save it as CSV and import that.")
        for part in parts:
            with archive.open(part) as stream:
                _refuse_long_cells(stream)


def _refuse_long_cells(stream: IO[bytes]) -> None:
    since = 0
    while block := stream.read(MAX_CELL):
        first = block.find(b"<")
        if since + (len(block) if first < 0 else first) > MAX_CELL:
            raise BadFile("A cell of the spreadsheet is longer than a cell can be.")
        since = since + len(block) if first < 0 else len(block) - block.rfind(b"<")
