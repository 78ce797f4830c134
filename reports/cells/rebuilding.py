"""Counting everything anew: at the beginning, after a family was added or changed, when a proof failed.

One transaction: until it ends, readers see what was kept before. A million incidents take about two minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from reports.cells import statements as sql
from reports.cells.declared import Unit
from reports.cells.folding import alone
from reports.cells.sources import SOURCES

_CLEAR = ("DELETE FROM reports_delta", "DELETE FROM reports_cell", "DELETE FROM reports_fact")
_FACTS = """
WITH row AS MATERIALIZED ({live}), kept AS (
    INSERT INTO reports_cellname (id, name)
    SELECT DISTINCT {key}, each.name FROM row CROSS JOIN LATERAL unnest(names || people_names) AS each(name)
    ON CONFLICT (name) DO NOTHING
)
INSERT INTO reports_fact (source, record_id, whom, force_id, area_id, day, keys, people)
SELECT source, record_id, whom, force_id, area_id, day, {keys}, {people} FROM row
"""
_MONTHS = f"""
INSERT INTO reports_cell (scope, grain, key, starts_on, count)
SELECT coalesce(f.force_id, -1), '{sql.MONTH}', each.key, {sql.starts(sql.MONTH, "f.day")}, count(*)
FROM reports_fact f CROSS JOIN LATERAL unnest(f.keys) AS each(key) GROUP BY 1, 3, 4
"""
# Of records the rest is added up from the months of each force. Those of no force stood under -1 till then.
_ADDED_UP = (
    f"""
INSERT INTO reports_cell (scope, grain, key, starts_on, count)
SELECT {sql.ALL}, grain, key, starts_on, sum(count) FROM reports_cell GROUP BY 2, 3, 4
""",
    "DELETE FROM reports_cell WHERE scope = -1",
    f"""
INSERT INTO reports_cell (scope, grain, key, starts_on, count)
SELECT scope, '{sql.FINANCIAL_YEAR}', key, {sql.starts(sql.FINANCIAL_YEAR, "starts_on")}, sum(count)
FROM reports_cell WHERE grain = '{sql.MONTH}' GROUP BY 1, 3, 4
""",
)
_PEOPLE = """
INSERT INTO reports_cell (scope, grain, key, starts_on, count)
SELECT {scope}, '{grain}', each.key, {starts}, count(DISTINCT (f.source, f.whom))
FROM reports_fact f CROSS JOIN LATERAL unnest(f.people) AS each(key)
WHERE f.whom IS NOT NULL AND {where} GROUP BY 1, 3, 4
"""


class Busy(Exception):
    """Somebody else folds, rebuilds or proves just now."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many records are counted, in how many cells."""

    facts: int
    cells: int


def rebuild() -> Rebuilt:
    """Count everything anew. Raises `Busy` while another folder, rebuilder or prover is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone(cursor):
            raise Busy
        # Deltas first: what is written after this has a delta of its own, and is folded again.
        for statement in (*_CLEAR, *facts_of_all(), _MONTHS, *_ADDED_UP, *_people()):
            cursor.execute(statement)
        cursor.execute("SELECT (SELECT count(*) FROM reports_fact), (SELECT count(*) FROM reports_cell)")
        return Rebuilt(*cursor.fetchone())


def facts_of_all() -> list[str]:
    """One statement a source that keeps the facts of all its records."""
    return [
        _FACTS.format(
            live=sql.live(source),
            key=sql.key("each.name"),
            keys=sql.keys("names"),
            people=sql.keys("people_names"),
        )
        for source in SOURCES
    ]


def _people() -> list[str]:
    return [
        _PEOPLE.format(scope=scope, grain=grain, starts=sql.starts(grain, "f.day"), where=where)
        for grain in sql.grains(Unit.PEOPLE)
        for scope, where in ((str(sql.ALL), "true"), ("f.force_id", "f.force_id IS NOT NULL"))
    ]
