"""Holding what somebody wrote against the declaration. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from missingcases.record.fields import Field, Kind, Section

LINE = 200
LONG = 5_000
MOST_LINES = 50
KNOWN = ("yes", "no", "not_known")


class RecordInvalid(ValueError):
    """What was written does not fit; `problems` maps field names to words for a person."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(sorted(problems)))
        self.problems = dict(problems)


class _Wrong(Exception):
    pass


def clean(section: Section, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as they are stored: known fields only, right types, emptiness left out.

    Raises `RecordInvalid` naming every field that does not fit.
    """
    stored: dict[str, Any] = {}
    problems: dict[str, str] = {}
    known = {one.name: one for one in section.fields}
    for name, value in values.items():
        if name not in known:
            problems[name] = "There is no such field."
            continue
        try:
            kept = _CHECKS[known[name].kind](known[name], value)
        except _Wrong as wrong:
            problems[name] = str(wrong)
            continue
        if kept not in ("", None, []):
            stored[name] = kept
    if problems:
        raise RecordInvalid(problems)
    return stored


def _text(limit: int) -> Callable[[Field, Any], str]:
    def check(_: Field, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise _Wrong("Write text.")
        if "\x00" in value:
            raise _Wrong("This holds a character that cannot be stored.")
        if len(value.strip()) > limit:
            raise _Wrong(f"Use {limit:,} characters or fewer.")
        return value.strip()

    return check


def _choice(field: Field, value: Any) -> str:
    if value in ("", None):
        return ""
    if value not in _codes(field):
        raise _Wrong("Choose one of the listed values.")
    return str(value)


def _choices(field: Field, value: Any) -> list[str]:
    if value in ("", None):
        return []
    if not isinstance(value, list | tuple) or any(one not in _codes(field) for one in value):
        raise _Wrong("Choose from the listed values.")
    return list(dict.fromkeys(str(one) for one in value))


def _codes(field: Field) -> tuple[str, ...]:
    return KNOWN if field.kind is Kind.KNOWN else tuple(code for code, _ in field.choices)


def _date(_: Field, value: Any) -> str:
    if value in ("", None):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _Wrong("Write a date, such as 27 3 2021.") from None


def _number(field: Field, value: Any) -> int | None:
    if value in ("", None):
        return None
    if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit():
        raise _Wrong("Write a whole number.")
    if field.maximum is not None and int(value) > field.maximum:
        raise _Wrong(f"Write a number up to {field.maximum:,}.")
    return int(value)


def _lines(field: Field, value: Any) -> list[str]:
    if value in ("", None):
        return []
    if not isinstance(value, list | tuple) or len(value) > MOST_LINES:
        raise _Wrong(f"Give at most {MOST_LINES} entries.")
    one_line = _text(LINE)
    return [kept for one in value if (kept := one_line(field, one))]


_CHECKS: dict[Kind, Callable[[Field, Any], Any]] = {
    Kind.TEXT: _text(LINE),
    Kind.LONG_TEXT: _text(LONG),
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.KNOWN: _choice,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.LINES: _lines,
}
