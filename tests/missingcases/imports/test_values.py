"""Every cell becomes its value, or says in words what is wrong."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missingcases.imports import values
from missingcases.imports.values import BadValue


@pytest.mark.parametrize(
    ("parse", "raw", "value"),
    [
        (values.text(5), "  a \n b ", "a b"),
        (values.day, "31/03/2014", date(2014, 3, 31)),
        (values.day, "2014-03-31", date(2014, 3, 31)),
        (values.day, "19081209", date(1908, 12, 9)),
        (values.day, datetime(2014, 3, 31, 4), date(2014, 3, 31)),
        (values.day, date(2014, 3, 31), date(2014, 3, 31)),
        (values.moment, "31/07/2014 22:15", datetime(2014, 7, 31, 21, 15, tzinfo=UTC)),
        (values.moment, "2014-01-31T22:15", datetime(2014, 1, 31, 22, 15, tzinfo=UTC)),
        (values.moment, "2014-01-31T22:15:00.5", datetime(2014, 1, 31, 22, 15, 0, 500000, tzinfo=UTC)),
        (values.moment, "2014-07-31T22:15:30+02:00", datetime(2014, 7, 31, 20, 15, 30, tzinfo=UTC)),
        (values.moment, datetime(2014, 7, 31, 22, 15), datetime(2014, 7, 31, 21, 15, tzinfo=UTC)),
        (values.moment, datetime(2014, 7, 31, 22, 15, tzinfo=UTC), datetime(2014, 7, 31, 22, 15, tzinfo=UTC)),
        (values.moment, "26/10/2014 01:30", datetime(2014, 10, 26, 0, 30, tzinfo=UTC)),
        (values.choice([("not_known", "Not known")]), "Not Known", "not_known"),
        (values.several(values.text(9)), "b; a;;b", ["b", "a"]),
        (values.yes_no, " Y ", "yes"),
        (values.yes_no, 0, "no"),
        (values.whole(0, 125), 14.0, 14),
        (values.kilometres, "4.25", Decimal("4.2")),
        (values.telephone, "07700 900123", "+447700900123"),
        (values.telephone, "+33 1 99 00 12 34", "+33199001234"),
        (values.code_of(lambda: {"kent": 4}, "a force"), " Kent", 4),
    ],
)
def test_a_cell_becomes_its_value(parse, raw, value) -> None:
    assert parse(raw) == value


@pytest.mark.parametrize(
    ("parse", "raw", "words"),
    [
        (values.text(5), "too long", "longer than 5"),
        (values.printable, "a\x00", "cannot be shown"),
        (values.printable, "a\ud800", "cannot be shown"),
        (values.day, "31/02/2014", "not a day"),
        (values.day, "19081350", "not a day"),
        (values.moment, "31/03/2014", "not a time"),
        (values.moment, "2014-03-31", "needs a time of day"),
        (values.moment, "nonsense", "not a time"),
        (values.moment, "0001-01-01T00:30+23:00", "not a time"),
        (values.moment, "9999-12-31T23:59-12:00", "not a time"),
        (values.moment, 41729.9270833, "format the column as a date"),
        (values.day, 41729, "format the column as a date"),
        (values.moment, "30/03/2014 01:30", "clocks skipped"),
        (values.choice([("yes", "Yes")]), "maybe", "none of: yes"),
        (values.yes_no, "perhaps", "neither"),
        (values.whole(0, 125), "x", "whole number"),
        (values.whole(0, 125), "126", "between 0 and 125"),
        (values.kilometres, "x", "not a number"),
        (values.kilometres, "-1", "between"),
        (values.kilometres, "NaN", "between"),
        (values.telephone, "call me", "not a telephone number"),
        (values.telephone, "12", "not a possible"),
        (values.code_of(lambda: {}, "a force"), "kent", "not the code of a force"),
    ],
)
def test_a_bad_cell_says_what_is_wrong(parse, raw, words) -> None:
    with pytest.raises(BadValue, match=words):
        parse(raw)


_FORMATS = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_DAYS = r"[0-3][0-9]/[01][0-9]/(19|20|00)[0-9]{2}|(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]"
_SHAPES = rf"({_DAYS})( [0-2][0-9]:[0-6][0-9])?"


@given(st.from_regex(_SHAPES, fullmatch=True))
def test_the_quick_way_of_reading_a_time_reads_what_the_slow_one_does(words: str) -> None:
    slow = None
    for pattern in _FORMATS:
        with suppress(ValueError):
            slow = datetime.strptime(words, pattern)
            break
    quick = values._read_usual(words)
    assert (quick[0] if quick else None) == slow


@given(st.from_regex(r"(0|\+44 ?)7[0-9]{3} ?[0-9]{6}", fullmatch=True))
def test_the_quick_way_of_reading_a_mobile_number_reads_what_the_library_does(words: str) -> None:
    number = phonenumbers.parse(words, "GB")
    assert phonenumbers.is_possible_number(number)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert values.telephone(words) == written
