"""SQL made from what is declared: what records count in now, and how that becomes cells. Pure."""

from __future__ import annotations

from reports.cells.declared import Source, Unit
from reports.cells.families import FAMILIES
from reports.cells.sources import SOURCES

ALL = 0
MONTH, QUARTER, YEAR, FINANCIAL_YEAR = "m", "q", "y", "f"
# Records add up, so that months make quarters and years; people do not, and are kept for each.
_OF_RECORDS = (MONTH, FINANCIAL_YEAR)
_OF_PEOPLE = (MONTH, QUARTER, YEAR, FINANCIAL_YEAR)
_STARTS = {
    MONTH: "date_trunc('month', {day})::date",
    QUARTER: "date_trunc('quarter', {day})::date",
    YEAR: "date_trunc('year', {day})::date",
    FINANCIAL_YEAR: "(date_trunc('year', {day} - interval '3 months') + interval '3 months')::date",
}


def grains(unit: Unit) -> tuple[str, ...]:
    """The grains of time that cells of a unit are kept in."""
    return _OF_PEOPLE if unit is Unit.PEOPLE else _OF_RECORDS


def starts(grain: str, day: str) -> str:
    """The first day of the month, quarter or year that a day lies in."""
    return _STARTS[grain].format(day=day)


def buckets(unit: Unit, day: str) -> str:
    """A lateral table `bucket(grain, starts_on)` of a day."""
    rows = ", ".join(f"('{grain}', {starts(grain, day)})" for grain in grains(unit))
    return f"(VALUES {rows}) AS bucket(grain, starts_on)"


def scopes(force: str) -> str:
    """A lateral table `scope(scope)`: all forces, and the record's own where it has one."""
    return f"(SELECT {ALL}::bigint UNION ALL SELECT {force} WHERE {force} IS NOT NULL) AS scope(scope)"


def names_sql(source: Source, unit: Unit) -> str:
    """The names of the cells that a record of the source counts in, as one text array."""
    parts = [one.sql for one in FAMILIES if one.source == source.name and one.unit is unit]
    return " || ".join(f"({part})" for part in parts) or "ARRAY[]::text[]"


def live(source: Source, *, among: str = "") -> str:
    """What every record of the source counts in now: one row each, in the columns of a fact but by names."""
    where = f"{source.only} AND {among}" if among else source.only
    return (
        f"SELECT {source.number}::smallint AS source, {source.record} AS record_id, {source.whom} AS whom,"
        f" {source.force} AS force_id, {source.area} AS area_id, {source.day} AS day,"
        f" ({names_sql(source, Unit.RECORDS)})::text[] AS names,"
        f" ({names_sql(source, Unit.PEOPLE)})::text[] AS people_names"
        f" FROM {source.tables} WHERE {where}"
    )


def live_of(touched: str) -> str:
    """The same of the records that the relation `touched(source, record_id)` names, of every source."""
    return " UNION ALL ".join(
        live(one, among=f"{one.record} IN (SELECT record_id FROM {touched} WHERE source = {one.number})")
        for one in SOURCES
    )


def touched_by(deltas: str) -> str:
    """The records that the relation `deltas(what, record_id)` touches: rows of (source, record_id)."""
    parts = []
    for source in SOURCES:
        for what, sql in source.expand.items():
            ids = f"ARRAY(SELECT record_id FROM {deltas} WHERE what = '{what}')"
            records = sql.format(ids=ids)
            parts.append(f"SELECT {source.number}::smallint, each.id FROM ({records}) AS each(id)")
    return " UNION ".join(parts)


def key(name: str) -> str:
    """The number of a cell's name. Two names with one number would fail on `CellName`, loudly."""
    return f"hashtextextended({name}, 0)"


def keys(names: str) -> str:
    """The numbers of an array of names."""
    return f"ARRAY(SELECT {key('each.name')} FROM unnest({names}) AS each(name))"
