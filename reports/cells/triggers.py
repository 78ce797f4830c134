"""The triggers that note what changed: one function and three statement-level triggers for each table.

Made from the declared watches. A statement appends its deltas and updates nothing, so that writers never wait
for each other here; an update that changed nothing counted appends nothing.

A plan is kept for a connection's life, and one made for one row compares all pairs of a million: statements
of several rows are planned by their number.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db import connection

from reports.cells.declared import Watch
from reports.cells.sources import WATCHES

_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM FROM added LIMIT 1 OFFSET 1;
        IF FOUND THEN
            EXECUTE $several${changed}$several$;
        ELSE
            {changed};
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        {added};
    ELSE
        {gone};
    END IF;
    RETURN NULL;
END $$;
"""
_TRIGGERS = """
DROP TRIGGER IF EXISTS reports_added ON {table};
DROP TRIGGER IF EXISTS reports_gone ON {table};
DROP TRIGGER IF EXISTS reports_changed ON {table};
CREATE TRIGGER reports_added AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER reports_gone AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER reports_changed AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""
_DROPPED = """
DROP TRIGGER IF EXISTS reports_added ON {table};
DROP TRIGGER IF EXISTS reports_gone ON {table};
DROP TRIGGER IF EXISTS reports_changed ON {table};
DROP FUNCTION IF EXISTS {name}();
"""


def name_of(table: str) -> str:
    """The function that notes changes of a table."""
    return f"reports_note_{table}"


def functions() -> dict[str, str]:
    """The functions as declared: name to definition."""
    return {name_of(table): _function(table, watches) for table, watches in _by_table()}


def install() -> None:
    """Make every function and trigger anew as declared. What is counted has to be there already."""
    with connection.cursor() as cursor:
        for table, watches in _by_table():
            cursor.execute(_function(table, watches))
            cursor.execute(_TRIGGERS.format(table=table, name=name_of(table)))


def remove() -> None:
    """Take them away: changes are noted no more, and what is kept goes stale."""
    with connection.cursor() as cursor:
        for table, _ in _by_table():
            cursor.execute(_DROPPED.format(table=table, name=name_of(table)))


def _by_table() -> list[tuple[str, list[Watch]]]:
    ordered = sorted(WATCHES, key=lambda watch: watch.table)
    return [(table, list(watches)) for table, watches in groupby(ordered, key=lambda watch: watch.table)]


def _function(table: str, watches: Iterable[Watch]) -> str:
    known = list(watches)
    return _FUNCTION.format(
        name=name_of(table),
        added=_insert(_all_of(one, "added") for one in known),
        gone=_insert(_all_of(one, "gone") for one in known),
        changed=_insert(_changed(one) for one in known),
    )


def _insert(selects: Iterable[str]) -> str:
    return "INSERT INTO reports_delta (what, record_id) " + " UNION ".join(selects)


def _all_of(watch: Watch, rows: str) -> str:
    return f"SELECT '{watch.what}', {watch.key} FROM {rows} WHERE {watch.key} IS NOT NULL"


def _changed(watch: Watch) -> str:
    """The key of a row that changed; where it is not the row's own number, as it was and as it is.

    OFFSET 0 keeps what is read of a row to these columns: the planner would hand on whole rows.
    """
    own = watch.key == "id"
    compared = watch.columns if own else (watch.key, *watch.columns)
    read = ", ".join(f"{name} AS c{at}" for at, name in enumerate(compared))
    gone, added = (f"(SELECT id, {read} FROM {rows} OFFSET 0) AS {rows}" for rows in ("gone", "added"))
    before, after = (", ".join(f"{rows}.c{at}" for at in range(len(compared))) for rows in ("gone", "added"))
    changed = f"{added} JOIN {gone} ON gone.id = added.id AND ROW({before}) IS DISTINCT FROM ROW({after})"
    if own:
        return f"SELECT '{watch.what}', added.id FROM {changed}"
    each = "CROSS JOIN LATERAL (VALUES (gone.c0), (added.c0)) AS each(key)"
    return f"SELECT DISTINCT '{watch.what}', each.key FROM {changed} {each} WHERE each.key IS NOT NULL"
