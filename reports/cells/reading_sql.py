"""The statements that `reading` runs. Pure.

Parameters: families (names), scope, grain, start, end, areas, everywhere. The last row of a statement that
looks at what is kept alone is empty where something waits to be folded.
"""

from __future__ import annotations

from functools import cache

from reports.cells import statements as sql
from reports.cells.declared import Unit

_WAITS = "UNION ALL SELECT NULL, NULL, 1 WHERE EXISTS (SELECT FROM reports_delta)"
_CELLS = """
SELECT n.name, c.starts_on, c.count FROM reports_cellname n
JOIN reports_cell c ON c.scope = %(scope)s AND c.grain = %(grain)s AND c.key = n.id
    AND c.starts_on >= %(start)s AND c.starts_on < %(end)s
WHERE split_part(n.name, ':', 1) = ANY(%(families)s) AND c.count <> 0
"""
_ASKED = """
{row}.day >= %(start)s AND {row}.day < %(end)s AND (%(scope)s = 0 OR {row}.force_id = %(scope)s)
AND (%(everywhere)s OR {row}.area_id = ANY(%(areas)s::bigint[]))
"""
_TOUCHED = f"""
touched(source, record_id) AS MATERIALIZED ({sql.touched_by("reports_delta")}),
fresh AS MATERIALIZED ({sql.live_of("touched")})
"""
_NAMES_OF = {Unit.RECORDS: ("keys", "names"), Unit.PEOPLE: ("people", "people_names")}


def cells() -> str:
    """Cells alone."""
    return f"{_CELLS} {_WAITS}"


@cache
def cells_now(unit: Unit, grain: str) -> str:
    """Cells, and what changes in them by what waits to be folded."""
    changes = _records_change(grain) if unit is Unit.RECORDS else _people_change(grain)
    return f"WITH {_TOUCHED}, {changes} {_CELLS} UNION ALL SELECT name, starts_on, count FROM change"


def _images(unit: Unit) -> str:
    """What waiting records counted in (-1) and count in now (1), as far as that is asked for."""
    kept, fresh = _NAMES_OF[unit]
    return f"""
image AS MATERIALIZED (
    SELECT -1 AS sign, f.source, f.whom, f.force_id, f.day, n.name
    FROM reports_fact f JOIN touched USING (source, record_id)
    CROSS JOIN LATERAL unnest(f.{kept}) AS each(key) JOIN reports_cellname n ON n.id = each.key
    WHERE {_ASKED.format(row="f")}
    UNION ALL
    SELECT 1, r.source, r.whom, r.force_id, r.day, each.name
    FROM fresh r CROSS JOIN LATERAL unnest(r.{fresh}) AS each(name) WHERE {_ASKED.format(row="r")}
), wanted AS (SELECT * FROM image WHERE split_part(name, ':', 1) = ANY(%(families)s))
"""


def _records_change(grain: str) -> str:
    return f"""{_images(Unit.RECORDS)}, change AS (
    SELECT name, {sql.starts(grain, "day")} AS starts_on, sum(sign)::bigint AS count
    FROM wanted GROUP BY 1, 2)
"""


def _people_change(grain: str) -> str:
    """Somebody comes into a cell, or goes out of it, if no record that is not touched has them there too."""
    same_cell = f"""{{row}}.source = one.source AND {{row}}.whom = one.whom
        AND {sql.starts(grain, "{row}.day")} = one.starts_on
        AND (%(scope)s = 0 OR {{row}}.force_id = %(scope)s)"""
    kept = f"""SELECT FROM reports_fact f
        WHERE {same_cell.format(row="f")} AND {sql.key("one.name")} = ANY(f.people)"""
    untouched = """AND NOT EXISTS (
        SELECT FROM touched t WHERE t.source = f.source AND t.record_id = f.record_id)"""
    fresh = f"SELECT FROM fresh r WHERE {same_cell.format(row='r')} AND one.name = ANY(r.people_names)"
    return f"""{_images(Unit.PEOPLE)}, one AS (
    SELECT DISTINCT name, {sql.starts(grain, "day")} AS starts_on, source, whom
    FROM wanted WHERE whom IS NOT NULL
), change AS (
    SELECT name, starts_on, sum(
        (EXISTS ({fresh}) OR EXISTS ({kept} {untouched}))::int - EXISTS ({kept})::int
    )::bigint AS count FROM one GROUP BY 1, 2)
"""


@cache
def facts(unit: Unit, by: str | None) -> str:
    """Facts alone."""
    return f"{_counted(unit, by, _kept_rows(unit))} {_WAITS}"


@cache
def facts_now(unit: Unit, by: str | None) -> str:
    """Facts of what does not wait, and what waits as it counts now."""
    return f"WITH {_TOUCHED} {_counted(unit, by, _rows_now(unit))}"


@cache
def records(unit: Unit) -> str:
    """The records behind names that match `name`, as they count now."""
    return f"""WITH {_TOUCHED} SELECT DISTINCT record_id FROM ({_rows_now(unit)}) AS row
        WHERE row.name ~ %(name)s"""


def _rows_now(unit: Unit) -> str:
    _, fresh = _NAMES_OF[unit]
    not_touched = """AND NOT EXISTS (
        SELECT FROM touched t WHERE t.source = f.source AND t.record_id = f.record_id)"""
    now = f"""SELECT r.source, r.record_id, r.whom, r.day, each.name
        FROM fresh r CROSS JOIN LATERAL unnest(r.{fresh}) AS each(name)
        WHERE split_part(each.name, ':', 1) = ANY(%(families)s) AND {_ASKED.format(row="r")}"""
    return f"{_kept_rows(unit)} {not_touched} UNION ALL {now}"


def _kept_rows(unit: Unit) -> str:
    kept, _ = _NAMES_OF[unit]
    return f"""SELECT f.source, f.record_id, f.whom, f.day, n.name FROM reports_fact f
        CROSS JOIN LATERAL unnest(f.{kept}) AS each(key)
        JOIN reports_cellname n ON n.id = each.key AND split_part(n.name, ':', 1) = ANY(%(families)s)
        WHERE {_ASKED.format(row="f")}"""


def _counted(unit: Unit, by: str | None, rows: str) -> str:
    day = sql.starts(by, "day") if by else "NULL::date"
    people = "count(DISTINCT (source, whom)) FILTER (WHERE whom IS NOT NULL)"
    what = people if unit is Unit.PEOPLE else "count(*)"
    return f"SELECT name, {day}, {what} FROM ({rows}) AS row GROUP BY 1, 2"
