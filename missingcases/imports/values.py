"""Turning one cell into a value, or saying in words what is wrong with it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from foundation.clock import LONDON, london_to_utc

Parser = Callable[[Any], Any]
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d")
_TIMES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
# The ways that files are full of, read without trying one format after another; others take that longer way.
_YEAR_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?", re.ASCII)
_BRITISH_MOBILE = re.compile(r"(?:0|\+44 ?)(7\d{3}) ?(\d{6})", re.ASCII)
# The smallest that 20140331 can be as digits; below it lie the days that a spreadsheet counts.
_EARLIEST_DIGITS = 10_000_000
_YES_NO = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "1": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
    "0": "no",
}


class BadValue(ValueError):
    """A cell that cannot be taken; its words are for the person who repairs the file."""


def printable(raw: Any) -> Any:
    """The cell as it is. Raises `BadValue` for control characters and halves of characters in its words."""
    if isinstance(raw, str) and not raw.isprintable() and any(map(_is_odd, raw)):
        raise BadValue("holds characters that cannot be shown")
    return raw


def readable(words: str) -> str:
    """The words with a mark for every character that can be neither shown nor kept."""
    return "".join("\ufffd" if _is_odd(letter) else letter for letter in words)


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} and not letter.isspace()


def text(limit: int) -> Parser:
    """Words of at most `limit` characters, on one line."""

    def parse(raw: Any) -> str:
        words = " ".join(str(raw).split())
        if len(words) > limit:
            raise BadValue(f"is longer than {limit} characters")
        return words

    return parse


def day(raw: Any) -> date:
    """A day: 2014-03-31, 31/03/2014 or 20140331; a spreadsheet's own date is taken as it is."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    _refuse_serial(raw)
    words = str(raw).strip()
    usual = _read_usual(words)
    if usual is not None and not usual[1]:
        return usual[0].date()
    for pattern in _DATES:
        try:
            return datetime.strptime(words, pattern).date()
        except ValueError:
            continue
    raise BadValue("is not a day such as 31/03/2014")


def moment(raw: Any) -> datetime:
    """A time: ISO 8601 with its offset, or a London wall-clock time such as 31/03/2014 22:15."""
    _refuse_serial(raw)
    words = str(raw).strip()
    found = raw if isinstance(raw, datetime) else _read_moment(words)
    if found is None:
        raise BadValue("is not a time such as 31/03/2014 22:15")
    if found.time() == time(0) and len(words) <= len("2014-03-31"):
        raise BadValue("needs a time of day, such as 31/03/2014 22:15")
    try:
        return found.astimezone(UTC) if found.tzinfo else _wall(found)
    except OverflowError:  # the first or the last day of the calendar
        raise BadValue("is not a time such as 31/03/2014 22:15") from None


def _refuse_serial(raw: Any) -> None:
    """A spreadsheet keeps days as numbers; one that is not marked as a day could be anything."""
    if isinstance(raw, float) or (isinstance(raw, int) and 0 < raw < _EARLIEST_DIGITS):
        raise BadValue("is a number; format the column as a date in the spreadsheet")


def _read_usual(words: str) -> tuple[datetime, bool] | None:
    """A day or time in one of the usual ways, and whether a time of day was given; None for any other."""
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year, *rest = found.groups()
    elif found := _YEAR_FIRST.fullmatch(words):
        year, month, day, *rest = found.groups()
    else:
        return None
    with suppress(ValueError):
        hour, minute, second = (int(part or 0) for part in rest)
        moment = datetime(int(year), int(month), int(day), hour, minute, second)
        return moment, rest[0] is not None
    return None


def _read_moment(words: str) -> datetime | None:
    usual = _read_usual(words)
    if usual is not None and usual[1]:
        return usual[0]
    for pattern in _TIMES:
        with suppress(ValueError):
            return datetime.strptime(words, pattern)
    with suppress(ValueError):
        return datetime.fromisoformat(words)
    return None


def _wall(naive: datetime) -> datetime:
    found = london_to_utc(naive.date(), naive.time())
    if found.astimezone(LONDON).replace(tzinfo=None) != naive:
        raise BadValue("falls into the hour that the clocks skipped")
    return found


def choice(values: Iterable[tuple[str, str]]) -> Parser:
    """One code of a vocabulary; its label is understood too, whatever the case."""
    pairs = list(values)
    known = {_key(label): code for code, label in pairs} | {_key(code): code for code, _ in pairs}
    listed = ", ".join(code for code, _ in pairs)

    def parse(raw: Any) -> str:
        try:
            return known[_key(str(raw))]
        except KeyError:
            raise BadValue(f"is none of: {listed}") from None

    return parse


def _key(words: str) -> str:
    return words.strip().casefold().replace(" ", "_").replace("-", "_")


def several(one: Parser) -> Parser:
    """Values separated by semicolons, each once, in order."""

    def parse(raw: Any) -> list[Any]:
        return list(dict.fromkeys(one(part) for part in str(raw).split(";") if part.strip()))

    return parse


def yes_no(raw: Any) -> str:
    """Yes or no, as people and spreadsheets write it."""
    try:
        return _YES_NO[str(raw).strip().casefold()]
    except KeyError:
        raise BadValue("is neither yes nor no") from None


def whole(low: int, high: int) -> Parser:
    """A whole number from `low` to `high`."""

    def parse(raw: Any) -> int:
        try:
            number = int(str(raw).strip().removesuffix(".0"))
        except ValueError:
            raise BadValue("is not a whole number") from None
        if not low <= number <= high:
            raise BadValue(f"is not between {low} and {high}")
        return number

    return parse


def kilometres(raw: Any) -> Decimal:
    """A distance in kilometres, to a tenth."""
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        raise BadValue("is not a number") from None
    if not number.is_finite() or not 0 <= number <= 99_999:
        raise BadValue("is not between 0 and 99,999")
    return number.quantize(Decimal("0.1"))


def telephone(raw: Any) -> str:
    """A number in E.164; a number without a country code is read as British."""
    words = str(raw).strip()
    if found := _BRITISH_MOBILE.fullmatch(words):
        return f"+44{found[1]}{found[2]}"
    try:
        number = phonenumbers.parse(words, "GB")
    except phonenumbers.NumberParseException:
        raise BadValue("is not a telephone number") from None
    if not phonenumbers.is_possible_number(number):
        raise BadValue("is not a possible telephone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def code_of(known: Callable[[], Mapping[str, Any]], what: str) -> Parser:
    """What a code stands for, such as an organisation's id; `known` gives the codes in force."""

    def parse(raw: Any) -> Any:
        try:
            return known()[str(raw).strip().casefold()]
        except KeyError:
            raise BadValue(f"is not the code of {what} here") from None

    return parse
