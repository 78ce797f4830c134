"""A report as data that can be kept, and back; by which definitions it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foundation.tables import Chart, Table
from reports.figures.catalogue import BREAKDOWNS, FIGURES
from reports.figures.report import Report
from reports.frozen import as_chart, as_table, kept_chart, kept_table


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a snapshot shows."""

    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]


def content_of(report: Report) -> dict[str, Any]:
    """All that the report says."""
    return {
        "facts": [list(fact) for fact in report.facts],
        "lines": list(report.lines),
        "tables": [kept_table(one) for one in report.tables],
        "charts": [kept_chart(one) for one in report.charts],
    }


def thawed(content: dict[str, Any]) -> Frozen:
    """The same, to be shown."""
    return Frozen(
        tuple((label, value) for label, value in content["facts"]),
        tuple(content["lines"]),
        tuple(as_table(one) for one in content["tables"]),
        tuple(as_chart(one) for one in content["charts"]),
    )


def definitions() -> dict[str, int]:
    """Every figure and breakdown with the version of its definition."""
    return {one.key: one.version for one in FIGURES} | {one.family: one.version for one in BREAKDOWNS}
