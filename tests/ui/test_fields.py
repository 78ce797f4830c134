"""Date questions: what people type, what it means, and errors that name the box."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError

from foundation.ui.fields import DatePartsField, LondonDateTimeField, PartialDate, PartialDateField

NOW = datetime(2026, 11, 24, 3, 12, tzinfo=UTC)


def answers(day="24", month="11", year="2026", time="03:12"):
    return {"day": day, "month": month, "year": year, "time": time}


def refusal(field, given):
    with pytest.raises(ValidationError) as caught:
        field.clean(given)
    (error,) = caught.value.error_list
    return error.messages[0], tuple((error.params or {}).get("parts", ()))


@pytest.mark.parametrize("typed", ["03:12", "3:12", "3.12", "0312", "312", "3:12am", "03:12 GMT"])
def test_a_time_is_understood_however_it_is_written(typed):
    assert LondonDateTimeField().clean(answers(time=typed)) == NOW


@pytest.mark.parametrize(
    ("typed", "hour"), [("12am", 0), ("12pm", 12), ("3pm", 15), ("23:59", 23), ("12:05am", 0)]
)
def test_noon_and_midnight_are_not_mixed_up(typed, hour):
    assert LondonDateTimeField().clean(answers(time=typed)).hour == hour


@pytest.mark.parametrize("typed", ["3", "18", "25:00", "12:60", "13pm", "noonish", "0am", "3:1"])
def test_a_time_that_could_be_misread_is_refused_at_its_box(typed):
    _, parts = refusal(LondonDateTimeField(), answers(time=typed))
    assert parts == ("time",)


def test_a_summer_time_is_an_hour_earlier_in_utc():
    found = LondonDateTimeField().clean(answers(month="July", time="12:00"))
    assert found == datetime(2026, 7, 24, 11, 0, tzinfo=UTC)


def test_a_time_the_clocks_skipped_is_refused():
    message, parts = refusal(LondonDateTimeField(), answers(day="29", month="3", time="01:30"))
    assert "clocks went forward" in message
    assert parts == ("time",)


def test_a_time_that_came_twice_must_say_which():
    field = LondonDateTimeField()
    message, parts = refusal(field, answers(day="25", month="10", time="01:30"))
    assert "01:30 BST" in message
    assert "01:30 GMT" in message
    assert parts == ("time",)
    assert field.clean(answers(day="25", month="10", time="01:30 BST")).hour == 0
    assert field.clean(answers(day="25", month="10", time="01:30 gmt")).hour == 1


def test_a_moment_shown_again_comes_back_the_same_through_both_clock_changes():
    field = LondonDateTimeField()
    for moment in (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    ):
        assert field.clean(field.split(moment)) == moment


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        (answers(day="31"), ("day",)),
        (answers(day="0"), ("day",)),
        (answers(month="13"), ("month",)),
        (answers(month="Nonsense"), ("month",)),
        (answers(year="26"), ("year",)),
        (answers(year="1500"), ("year",)),
        (answers(day=""), ("day",)),
        (answers(day="", time=""), ("day", "time")),
        (answers("", "", "", ""), ("day", "month", "year", "time")),
    ],
)
def test_an_error_names_the_boxes_it_is_about(given, parts):
    assert refusal(LondonDateTimeField(), given)[1] == parts


@time_machine.travel(NOW, tick=False)
def test_what_happened_is_not_in_the_future_and_what_is_planned_is():
    assert "future" in refusal(LondonDateTimeField(allow_future=False), answers(time="03:13"))[0]
    assert LondonDateTimeField(allow_future=False).clean(answers()) == NOW
    assert "future" in refusal(DatePartsField(allow_past=False), answers())[0]


def test_an_optional_question_may_stay_empty():
    assert LondonDateTimeField(required=False).clean(answers("", "", "", "")) is None
    assert DatePartsField(required=False).clean({}) is None


def test_a_date_may_be_written_with_the_name_of_the_month():
    assert DatePartsField().clean(answers(month="nov")) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("given", "found", "said"),
    [
        (answers(day="", month=""), PartialDate(2026), "2026"),
        (answers(day="", month="2"), PartialDate(2026, 2), "February 2026"),
        (answers(day="3", month="2"), PartialDate(2026, 2, 3), "3 February 2026"),
    ],
)
def test_a_date_partly_known_keeps_what_is_known(given, found, said):
    field = PartialDateField()
    assert field.clean(given) == found
    assert str(found) == said
    assert field.clean(field.split(found)) == found


def test_a_day_without_a_month_means_nothing():
    assert refusal(PartialDateField(), answers(month=""))[1] == ("month",)
    assert refusal(PartialDateField(), answers(year=""))[1] == ("year",)


def test_a_change_in_any_box_counts_as_a_change():
    class Sample(forms.Form):
        at = LondonDateTimeField()

    same = {"at_day": "24", "at_month": "11", "at_year": "2026", "at_time": "03:12"}
    assert not Sample(same, initial={"at": NOW}).has_changed()
    assert Sample({**same, "at_time": "03:13"}, initial={"at": NOW}).has_changed()
