"""The triggers that note what changed: for each table a statement-level function and one for a changed row.

Made from the declared watches. They append deltas and update nothing, so that writers never wait for each
other here. A change is noted row by row, as its WHEN is looked at without calling anything: an update that
changed nothing counted costs next to nothing, where a trigger with transition tables copies every row first.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.db import connection

from reports.cells.declared import Watch
from reports.cells.sources import WATCHES

_WHOLE = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {added}
    ELSE
        {gone}
    END IF;
    RETURN NULL;
END $$;
"""
_ROW = """
CREATE OR REPLACE FUNCTION {name}_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {changed}
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
    FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION {name}_row();
"""
_DROPPED = """
DROP TRIGGER IF EXISTS reports_added ON {table};
DROP TRIGGER IF EXISTS reports_gone ON {table};
DROP TRIGGER IF EXISTS reports_changed ON {table};
DROP FUNCTION IF EXISTS {name}();
DROP FUNCTION IF EXISTS {name}_row();
"""


def name_of(table: str) -> str:
    """The function that notes changes of a table."""
    return f"reports_note_{table}"


def functions() -> dict[str, str]:
    """The functions as declared: name to definition."""
    found: dict[str, str] = {}
    for table, watches in _by_table():
        found |= {name_of(table): _whole(table, watches), f"{name_of(table)}_row": _row(table, watches)}
    return found


def install() -> None:
    """Make every function and trigger anew as declared. What is counted has to be there already."""
    with connection.cursor() as cursor:
        for definition in functions().values():
            cursor.execute(definition)
        for table, watches in _by_table():
            differs = " OR ".join(dict.fromkeys(_differs(one) for one in watches))
            cursor.execute(_TRIGGERS.format(table=table, name=name_of(table), differs=differs))


def remove() -> None:
    """Take them away: changes are noted no more, and what is kept goes stale."""
    with connection.cursor() as cursor:
        for table, _ in _by_table():
            cursor.execute(_DROPPED.format(table=table, name=name_of(table)))


def _by_table() -> list[tuple[str, list[Watch]]]:
    ordered = sorted(WATCHES, key=lambda watch: watch.table)
    return [(table, list(watches)) for table, watches in groupby(ordered, key=lambda watch: watch.table)]


def _whole(table: str, watches: Iterable[Watch]) -> str:
    known = list(watches)
    return _WHOLE.format(
        name=name_of(table),
        added=_insert(_all_of(one, "added") for one in known),
        gone=_insert(_all_of(one, "gone") for one in known),
    )


def _insert(selects: Iterable[str]) -> str:
    return "INSERT INTO reports_delta (what, record_id) " + " UNION ".join(selects) + ";"


def _all_of(watch: Watch, rows: str) -> str:
    return f"SELECT '{watch.what}', {watch.key} FROM {rows} WHERE {watch.key} IS NOT NULL"


def _row(table: str, watches: list[Watch]) -> str:
    """With one watch the trigger's WHEN has said already that it differs."""
    changed = [
        _noted(one) if len(watches) == 1 else f"IF {_differs(one)} THEN {_noted(one)} END IF;"
        for one in watches
    ]
    return _ROW.format(name=name_of(table), changed="\n    ".join(changed))


def _differs(watch: Watch) -> str:
    names = (watch.key, *watch.columns)
    before, after = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return f"ROW({before}) IS DISTINCT FROM ROW({after})"


def _noted(watch: Watch) -> str:
    """The key of a row that changed; where it is not the row's own number, as it was and as it is."""
    into = "INSERT INTO reports_delta (what, record_id)"
    if watch.key == "id":
        return f"{into} VALUES ('{watch.what}', NEW.id);"
    each = f"(SELECT OLD.{watch.key} UNION SELECT NEW.{watch.key}) AS each(key)"
    return f"{into} SELECT '{watch.what}', each.key FROM {each} WHERE each.key IS NOT NULL;"
