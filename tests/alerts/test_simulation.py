"""The timeline of an alert, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from alerts.money import Load, charge, estimate, needs_another, pounds
from alerts.simulation import Plan, lines_for, rates_of, simulate


def _plan(**changes: object) -> Plan:
    values: dict[str, object] = {
        "channel": "sms",
        "audience": 1_000_000,
        "segments": 1,
        "rates": (1000.0,),
        "worker_rate": 5000.0,
        "workers": 1,
        "first_after": 0.0,
    }
    return Plan(**{**values, **changes})  # type: ignore[arg-type]


def test_a_million_at_a_thousand_a_second_take_seventeen_minutes() -> None:
    assert simulate(_plan()).takes == 1000


def test_ten_a_second_is_too_slow_and_said_so() -> None:
    found = simulate(_plan(rates=(10.0,)))
    assert found.warnings == ("It would not be through before the alert runs out.",)


def test_two_parts_take_twice_as_long() -> None:
    assert simulate(_plan(segments=2)).takes == 2000


def test_the_narrowest_place_is_named() -> None:
    found = simulate(_plan(rates=(10_000.0, 10_000.0)))
    assert (found.held_by, found.workers_for_lines) == ("workers", 4)
    assert simulate(_plan()).held_by == "lines"


@given(
    audience=st.integers(0, 10_000_000),
    segments=st.integers(1, 4),
    rate=st.floats(1, 5000),
    workers=st.integers(1, 16),
)
def test_a_timeline_only_goes_up_and_ends_with_everybody(
    audience: int, segments: int, rate: float, workers: int
) -> None:
    found = simulate(_plan(audience=audience, segments=segments, rates=(rate,), workers=workers))
    reached = [mark.reached for mark in found.marks]
    assert reached == sorted(reached)
    assert abs(reached[-1] - audience) <= 1


def test_nothing_to_send_with_is_refused() -> None:
    with pytest.raises(ValueError, match="worker"):
        simulate(_plan(workers=0))


def test_rates_are_read_as_they_are_written() -> None:
    assert rates_of(["100", "2x250"]) == (100, 250, 250)
    with pytest.raises(ValueError, match="above nought"):
        rates_of(["0"])


def test_ten_million_want_so_many_lines() -> None:
    assert lines_for(10_000_000, 2, within=timedelta(minutes=30), per_line=100) == 112


def test_the_command_tells_the_timeline() -> None:
    out = StringIO()
    call_command(
        "simulate_alert", "--audience", "1000000", "--rates", "4x250", "--kept-back", "10", stdout=out
    )
    said = out.getvalue()
    assert "4 lines of 960 parts a second together" in said
    assert "50% reached after 17 min 22 s" in said
    assert "held by the lines" in said


def test_the_command_says_what_is_wrong() -> None:
    with pytest.raises(CommandError, match="kept back"):
        call_command("simulate_alert", "--audience", "1", "--rates", "10", "--kept-back", "10")


def test_an_estimate_adds_up_and_names_what_has_no_price() -> None:
    found = estimate(
        [Load("sms", "en", 900_000, 2), Load("sms", "cy", 1000, 3), Load("email", "en", 50_000, 1)],
        prices={"sms": Decimal("2.4")},
        takes={"sms": timedelta(hours=1), "email": timedelta(minutes=5)},
    )
    assert found.recipients == 951_000
    assert found.pence == Decimal("4327200.00")
    assert pounds(found.pence) == "£43,272.00"
    assert found.unpriced == ("email",)
    assert found.longest == timedelta(hours=1)


def test_parts_of_a_penny_are_rounded_up() -> None:
    assert charge(1, Decimal("0.0011")) == Decimal("0.01")
    assert charge(1, None) is None


def test_a_second_person_is_needed_above_the_ceiling_until_they_agreed_to_as_much() -> None:
    cost = Decimal(500)
    assert not needs_another(cost, ceiling=None, approved=None)
    assert not needs_another(cost, ceiling=Decimal(500), approved=None)
    assert needs_another(cost, ceiling=Decimal(499), approved=None)
    assert needs_another(cost, ceiling=Decimal(499), approved=Decimal(499))
    assert not needs_another(cost, ceiling=Decimal(499), approved=Decimal(500))
