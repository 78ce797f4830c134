"""Reading a partner's list and the table of postcode districts: CSV, line by line. Writes nothing.

A list has a line for each address: address, place, language, consented_on, consent. `address` is a mobile
number or an e-mail address, `place` a postcode district or an area's code, several separated by a semicolon.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO

from alerts.audience.districts import district_of
from alerts.audience.models import MOST_AREAS
from alerts.audience.newcomers import Newcomer
from alerts.enums import AudienceChannel, Language
from foundation.messaging import addresses, numbers
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.numbers import LineKind

COLUMNS = ("address", "place", "language", "consented_on", "consent")
DISTRICT_COLUMNS = ("district", "area")
LARGEST = 50 * 1024 * 1024
LONGEST_CONSENT = 120
OLDEST = date(2000, 1, 1)


class BadFile(Exception):
    """A file that cannot be read at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be added."""

    line: int
    newcomer: Newcomer = field(repr=False)


Places = Mapping[str, int]  # districts and codes of areas, each with the area's id


def cells_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a partner's list with their numbers. Raises `BadFile`."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from _cells(stream, COLUMNS)


def districts_of(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table of postcode districts. Raises `BadFile`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("The file is not UTF-8. Save it as “CSV UTF-8” and load it again.") from None
    yield from _cells(io.StringIO(text, newline=""), DISTRICT_COLUMNS)


def _cells(stream: TextIO, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(stream)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in columns if name not in names]
        if missing:
            raise BadFile(f"The first line must name the columns; it has no {', '.join(missing)}.")
        for row in reader:
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                yield reader.line_num, {name: cells.get(name, "") for name in columns}
    except UnicodeDecodeError:
        raise BadFile("The file is not UTF-8. Save it as “CSV UTF-8” and load it again.") from None
    except csv.Error as error:
        raise BadFile(f"Line {reader.line_num} cannot be read as CSV: {error}.") from None


class _Wrong(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.reason = column, reason


def read(line: int, cells: Mapping[str, str], places: Places, *, today: date) -> Line | Fault:
    """One line as somebody to be added, or what is wrong with it."""
    try:
        channel, to = _address(cells["address"])
        areas = _areas(cells["place"], places)
        language = cells["language"].lower() or Language.ENGLISH
        if language not in Language.values:
            raise _Wrong("language", "must be en or cy")
        words, on = _consent(cells, today)
    except _Wrong as wrong:
        return Fault(line, wrong.column, wrong.reason)
    key = numbers.key_of(channel, to)
    return Line(line, Newcomer(channel, to, key, language, areas, words, on))


def _address(said: str) -> tuple[str, str]:
    channel = AudienceChannel.EMAIL if "@" in said else AudienceChannel.SMS
    try:
        to = addresses.normalise(channel, said)
        addresses.check_dialable(channel, to)
    except InvalidAddress:
        raise _Wrong("address", _NO_ADDRESS) from None
    except NotDialable:
        raise _Wrong("address", "is a number that this installation does not write to") from None
    if channel == AudienceChannel.SMS and not _is_uk_mobile(to):
        raise _Wrong("address", _NO_ADDRESS)
    return channel, to


_NO_ADDRESS = "is neither a UK mobile number nor an e-mail address"


def _is_uk_mobile(number: str) -> bool:
    return not numbers.is_foreign(number) and numbers.line_kind(number) == LineKind.MOBILE


def _areas(said: str, places: Places) -> tuple[int, ...]:
    names = [name.strip() for name in said.split(";") if name.strip()]
    if not 1 <= len(names) <= MOST_AREAS:
        raise _Wrong("place", f"must name one to {MOST_AREAS} places")
    found = [places.get(district_of(name) or "") or places.get(name.casefold()) for name in names]
    known = {area for area in found if area is not None}
    if None in found:
        raise _Wrong("place", "is neither a postcode district we know nor the code of an area")
    return tuple(sorted(known))


def _consent(cells: Mapping[str, str], today: date) -> tuple[str, datetime]:
    if not 1 <= len(cells["consent"]) <= LONGEST_CONSENT:
        raise _Wrong("consent", f"must say in 1 to {LONGEST_CONSENT} characters how they agreed")
    try:
        day = date.fromisoformat(cells["consented_on"])
    except ValueError:
        raise _Wrong("consented_on", "must be a date such as 2026-03-01") from None
    if not OLDEST <= day <= today:
        raise _Wrong("consented_on", "must be a day since 2000 that is not in the future")
    return cells["consent"], datetime.combine(day, time(12), tzinfo=UTC)
