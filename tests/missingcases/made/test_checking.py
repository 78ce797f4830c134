"""The check of made data: it holds what was made against what is stated,
and a generator that leans is caught."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.made import SERVICES, check
from missingcases.made.filling import fill
from missingcases.made.frame import Ask, Case, Pages, Service, Writes
from missingcases.made.service import SERVICE as CORE

pytestmark = pytest.mark.django_db
END = datetime(2026, 11, 1, tzinfo=UTC)


def test_what_is_made_is_spread_as_stated() -> None:
    rows = fill(Ask(20_000, 3, END, "cumbria"), SERVICES).rows
    # Alerts are a handful a year in the whole country.
    assert [name for name, count in rows.items() if not count and not name.startswith("alerts.")] == []
    findings = {one.measure.name: one for one in check()}
    assert [name for name, one in findings.items() if not one.holds] == []
    said = {name for name, one in findings.items() if one.value is not None}
    # Enough of them to be held against anything, the services' own among them.
    assert len(said) > 0.85 * len(findings)
    assert {"new appeals, of incidents", "dead, of closed", "incidents a year of each child"} <= said
    printed = StringIO()
    call_command("check_made", stdout=printed)
    assert "child: missing 0 to 8 hours" in printed.getvalue()


def leaning(ask: Ask) -> Writes:
    """The core,
    but that every tenth incident comes to be at high risk and nobody finds anybody but police."""
    write = CORE.prepare(ask)

    def lean(case: Case, chance: random.Random, pages: Pages) -> None:
        if case.risk and case.key % 10 == 0:
            case.risk, case.status = "high", "missing" if case.status == "absent" else case.status
        case.found_by = case.found_by and "police"
        write(case, chance, pages)

    return lean


def test_a_generator_that_leans_is_caught() -> None:
    services: list[Service] = [replace(CORE, prepare=leaning)]
    fill(Ask(4000, 3, END, "cumbria"), services)
    outside = {one.measure.name for one in check() if not one.holds}
    assert {"risk high, of graded", "found by police", "found by own return"} <= outside
    assert "children, of incidents" not in outside
    with pytest.raises(CommandError, match=r"outside: .*risk high"):
        call_command("check_made", stdout=StringIO())


def test_nothing_is_said_of_an_empty_database() -> None:
    with pytest.raises(CommandError, match="too few"):
        call_command("check_made", stdout=StringIO())


def test_every_service_has_its_own_name() -> None:
    assert len({one.name for one in SERVICES}) == len(SERVICES)
