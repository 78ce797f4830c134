"""The partnership report of a force, an area and a period, as its reader may have it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.tables import Chart, Hidden, Table
from reports.asking import area_ids
from reports.cells import reading
from reports.cells.statements import MONTH
from reports.figures import drawing, tabling
from reports.figures.asked import Asked
from reports.figures.counting import numbers
from reports.figures.declared import ALL_AGES, Key
from reports.figures.protecting import told
from reports.periods import Period, financial_year_of
from reports.rules import STEP, Rules, rules_for
from reports.scope import Scope
from reports.together import REPORT, hidden_of

Told = dict[Key, int | Hidden | None]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, ready to be shown, printed, saved or frozen."""

    title: str
    asked: Asked
    periods: tuple[Period, ...]
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    made_at: datetime


def report_for(actor: Actor, asked: Asked) -> Report:
    """Count and lay it out. The cost is that of reading cells, whatever number of records there is."""
    # Of a whole year the period before is the same a year before.
    periods = tuple(dict.fromkeys((asked.period, asked.period.before(), asked.period.year_before())))
    areas = area_ids(asked.scope, on=asked.area_on)
    known: dict[Period, Told] = {}
    for period in periods:
        rules = rules_for(actor, asked.scope, period)
        counted = numbers(period, asked.scope.force_id, areas, kept=rules.as_kept)
        known[period] = told(counted, rules, _beside(actor, asked.scope, period))
    hides_nought = _is_with_others(actor, asked.scope, asked.period)
    rules = rules_for(actor, asked.scope, asked.period)
    made_at = timezone.now()
    columns = [known[period] for period in periods]
    is_told = not any(isinstance(one["incidents", ALL_AGES], Hidden) for one in (columns[0], columns[-1]))
    return Report(
        title="Partnership report",
        asked=asked,
        periods=periods,
        facts=_facts(asked, periods),
        lines=(*asked.area_in_part(periods), *_lines(rules, hides_nought=hides_nought)),
        tables=tabling.tables(columns, periods),
        charts=(*drawing.charts(columns, periods), *(_months(asked, areas, rules) if is_told else [])),
        made_at=made_at,
    )


def _beside(actor: Actor, scope: Scope, period: Period) -> frozenset[Hashable] | None:
    """What is hidden with other pages of the same year, for the reader who has those too."""
    return hidden_of(REPORT, scope, period) if _is_with_others(actor, scope, period) else None


def _is_with_others(actor: Actor, scope: Scope, period: Period) -> bool:
    is_theirs = actor.organisation_kind == OrganisationKind.NATIONAL_UNIT
    return is_theirs and scope.area_id is None and period == financial_year_of(period.start)


def _facts(asked: Asked, periods: tuple[Period, ...]) -> tuple[tuple[str, str], ...]:
    facts = (
        ("Figures of", asked.whose),
        ("Period", str(asked.period)),
        ("The period before", str(periods[1])),
    )
    # Of a whole year both are one.
    return facts if periods[1] == periods[-1] else (*facts, ("The same a year before", str(periods[-1])))


def _lines(rules: Rules, *, hides_nought: bool) -> list[str]:
    """What is left out, and what is not told."""
    said = [
        "Left out: incidents that were cancelled. Unknowns are shown, never spread over what is known. An "
        "incident counts on the London day it was reported, with what its record says now, to the force that "
        "owns it now.",
    ]
    if rules.records:
        least = f"under {rules.records}" if hides_nought else f"from 1 to {rules.records - 1}"
        said.append(f"Counts of police records {least} are not told.")
        said.append(
            "Those of an area, of months, of any period but a whole year and of all forces together are told "
            f"to the nearest {STEP}: parts may not add up."
            + ("" if rules.confidential else " How many were closed, or owed an interview, is told exactly.")
        )
    if rules.confidential:
        said.append(
            f"Counts under {rules.confidential} of what is taken up in confidence (TextSafe, family support, "
            "interviews, closures supported) are not told, and only of whole forces and of years that ended "
            "over a month ago, as they stood when somebody first asked; nobody goes on from them to a record."
        )
    if rules.confidential_step > 1:
        said.append(f"Of all forces together these are told to the nearest {rules.confidential_step}.")
    return said


def _months(asked: Asked, areas: tuple[int, ...] | None, rules: Rules) -> list[Chart]:
    """Incidents by month beside those of a year before, where there is more than one month."""
    months = asked.period.months
    if not asked.period.is_of_months or not 1 < len(months) <= drawing.MOST_MONTHS:
        return []
    before = asked.period.year_before()
    lines = [
        (str(period), period.months, _by_month(period, asked, areas)) for period in (asked.period, before)
    ]
    return [drawing.by_month(lines, rules)]


def _by_month(period: Period, asked: Asked, areas: tuple[int, ...] | None) -> dict[Period, int]:
    found = reading.counts(
        ["incidents"], period=period, force_id=asked.scope.force_id, areas=areas, by=MONTH
    ).over_time("incidents")
    return {one: found.get(one.start, 0) for one in period.months}
