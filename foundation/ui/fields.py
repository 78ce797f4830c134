"""Date questions as people answer them: date parts, a London date and time, a partly known date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext

from foundation.clock import LONDON, in_london
from foundation.ui.widgets import DAY, MONTH, TIME, YEAR, Answers, Part, PartsWidget

_WELSH_MONTHS = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {name: number for number, name in enumerate(_WELSH_MONTHS, 1)}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(bst|gmt)?", re.IGNORECASE)
_EARLIEST_YEAR = 1880


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day. `month` is None whenever `day` is unknown too."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.month is None:
            return str(self.year)
        month = calendar.month_name[self.month]
        return f"{month} {self.year}" if self.day is None else f"{self.day} {month} {self.year}"


def _wrong(message: str, *parts: Part) -> ValidationError:
    return ValidationError(message, code="invalid", params={"parts": tuple(part.name for part in parts)})


class _PartsField(forms.Field):
    """Shared checks; a subclass turns complete answers into a value with `build`."""

    parts: tuple[Part, ...]
    optional_parts: tuple[Part, ...] = ()

    def __init__(
        self,
        *,
        allow_future: bool = True,
        allow_past: bool = True,
        offer_now: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", PartsWidget(self.parts, self.split, offer_now=offer_now))
        super().__init__(**kwargs)
        self.allow_future = allow_future
        self.allow_past = allow_past

    @staticmethod
    def split(value: object) -> Answers:
        """The boxes' text for an initial value."""
        raise NotImplementedError

    def build(self, answers: Answers) -> Any:
        """The value of complete answers."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        """Return the value, None when optional and empty, or raise errors that name the boxes."""
        answers: Answers = value if isinstance(value, dict) else self.split(value)
        if not any(answers.values()):
            if self.required:
                raise ValidationError(
                    self.error_messages["required"],
                    code="required",
                    params={"parts": tuple(part.name for part in self.parts)},
                )
            return None
        missing = [p for p in self.parts if not answers.get(p.name) and p not in self.optional_parts]
        if missing:
            raise _wrong(gettext("Enter the %s too") % _and(gettext(p.name) for p in missing), *missing)
        built = self.build(answers)
        self.run_validators(built)
        return built

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes differ from what was shown."""
        shown = initial if isinstance(initial, dict) else self.split(initial)
        return any((data or {}).get(part.name, "") != shown.get(part.name, "") for part in self.parts)

    def _check_side(self, *, is_future: bool, parts: tuple[Part, ...]) -> None:
        if is_future and not self.allow_future:
            raise _wrong(gettext("This must not be in the future"), *parts)
        if not is_future and not self.allow_past:
            raise _wrong(gettext("This must be in the future"), *parts)


class DatePartsField(_PartsField):
    """Day, month and year in three boxes; cleans to a `date`. Month names are understood."""

    parts = (DAY, MONTH, YEAR)
    default_error_messages = {"required": "Enter the date"}

    @staticmethod
    def split(value: object) -> Answers:
        if not isinstance(value, date):
            return {}
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def build(self, answers: Answers) -> date:
        day = _day_of(answers)
        self._check_side(is_future=day > timezone.localdate(), parts=self.parts)
        return day


class LondonDateTimeField(_PartsField):
    """Date boxes and a 24-hour time on a London clock; cleans to an aware UTC `datetime`.

    A time that never was (clocks going forward) is refused; one that was twice asks for BST or GMT.
    """

    parts = (DAY, MONTH, YEAR, TIME)
    default_error_messages = {"required": "Enter the date and the time"}

    @staticmethod
    def split(value: object) -> Answers:
        if not isinstance(value, datetime):
            return {}
        local = in_london(value)
        which = f" {local.tzname()}" if _is_twice(local) else ""
        return {**DatePartsField.split(local.date()), "time": f"{local:%H:%M}{which}"}

    def build(self, answers: Answers) -> datetime:
        day = _day_of(answers)
        wall, which = _time_of(answers["time"])
        moment = _moment(day, wall, which)
        self._check_side(is_future=moment > timezone.now(), parts=self.parts)
        return moment


class PartialDateField(_PartsField):
    """A year, with the month and the day where they are known; cleans to a `PartialDate`."""

    parts = (DAY, MONTH, YEAR)
    optional_parts = (DAY, MONTH)
    default_error_messages = {"required": "Enter at least the year"}

    @staticmethod
    def split(value: object) -> Answers:
        if isinstance(value, date):
            return DatePartsField.split(value)
        if not isinstance(value, PartialDate):
            return {}
        return {"day": str(value.day or ""), "month": str(value.month or ""), "year": str(value.year)}

    def build(self, answers: Answers) -> PartialDate:
        if answers.get("day") and not answers.get("month"):
            raise _wrong(gettext("Enter the month too, or leave the day empty"), MONTH)
        year = _year_of(answers["year"])
        month = _month_of(answers["month"]) if answers.get("month") else None
        day = _day_of(answers).day if answers.get("day") else None
        today = timezone.localdate()
        self._check_side(
            is_future=(year, month or 1, day or 1) > (today.year, today.month, today.day), parts=self.parts
        )
        return PartialDate(year, month, day)


def _day_of(answers: Answers) -> date:
    year, month = _year_of(answers["year"]), _month_of(answers["month"])
    if not answers["day"].isdecimal() or not 1 <= int(answers["day"]) <= 31:
        raise _wrong(gettext("The day must be a number from 1 to 31"), DAY)
    try:
        return date(year, month, int(answers["day"]))
    except ValueError:
        said = f"{int(answers['day'])} {MONTHS[month]} {year}"
        raise _wrong(gettext("There is no %s") % said, DAY) from None


def _month_of(text: str) -> int:
    number = int(text) if text.isdecimal() else _MONTHS.get(text[:3].lower(), 0)
    if not 1 <= number <= 12:
        raise _wrong(gettext("The month must be a number from 1 to 12"), MONTH)
    return number


def _year_of(text: str) -> int:
    if not text.isdecimal() or len(text) != 4 or int(text) < _EARLIEST_YEAR:
        raise _wrong(gettext("Enter the year in full, such as 2025"), YEAR)
    return int(text)


def _time_of(text: str) -> tuple[time, str]:
    plain = f"{text[:-2]}:{text[-2:]}" if text.isdecimal() and len(text) in {3, 4} else text
    found = _TIME.fullmatch(plain.strip())
    if found is None or (found[2] is None and found[3] is None):
        raise _wrong(gettext("Enter the time in 24 hours, such as 03:12 or 18:40"), TIME)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise _wrong(gettext("Enter the time in 24 hours, such as 03:12 or 18:40"), TIME)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise _wrong(gettext("Enter a time from 00:00 to 23:59"), TIME)
    return time(hour, minute), (found[4] or "").upper()


def _moment(day: date, wall: time, which: str) -> datetime:
    first = datetime.combine(day, wall, tzinfo=LONDON)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise _wrong(gettext("There was no %s that day: the clocks went forward") % f"{wall:%H:%M}", TIME)
    if not _is_twice(first):
        return first.astimezone(UTC)
    if not which:
        said = gettext(
            "%(at)s came twice that night: write %(at)s BST for the first, %(at)s GMT for the next"
        )
        raise _wrong(said % {"at": f"{wall:%H:%M}"}, TIME)
    return first.replace(fold=0 if which == "BST" else 1).astimezone(UTC)


def _is_twice(local: datetime) -> bool:
    before, after = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return before is not None and after is not None and before > after


def _and(words: Iterable[str]) -> str:
    listed = list(words)
    if len(listed) == 1:
        return listed[0]
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}
