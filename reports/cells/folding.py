"""Folding deltas into cells: one folder at a time, some thousands of deltas in one transaction.

Killed in the middle, nothing of it was done. What changes while it works has its own delta, and folding a
record twice is as folding it once.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.cells import statements as sql
from reports.cells.declared import Unit

BATCH = 5_000
_LOCK = 7_203_111  # one folder, rebuilder or prover at a time

_TABLES = """
CREATE TEMP TABLE IF NOT EXISTS fold_delta (what text, record_id bigint) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS fold_touched (source smallint, record_id bigint) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS fold_new (source smallint, record_id bigint, whom bigint, force_id bigint,
    area_id bigint, day date, names text[], people_names text[]) ON COMMIT DELETE ROWS;
CREATE TEMP TABLE IF NOT EXISTS fold_seen (scope bigint, grain text, key bigint, starts_on date,
    source smallint, whom bigint, was boolean) ON COMMIT DELETE ROWS;
TRUNCATE fold_delta, fold_touched, fold_new, fold_seen;
"""
_TAKE = """
WITH gone AS (
    DELETE FROM reports_delta WHERE ctid = ANY(ARRAY(SELECT ctid FROM reports_delta LIMIT %s))
    RETURNING what, record_id
)
INSERT INTO fold_delta SELECT DISTINCT what, record_id FROM gone
"""
# Both images of every touched record: as it was counted last, and as it counts now.
_IMAGES = f"""
    SELECT -1 AS sign, f.source, f.whom, f.force_id, f.day, f.{{column}} AS keys
    FROM reports_fact f JOIN fold_touched USING (source, record_id)
    UNION ALL
    SELECT 1, n.source, n.whom, n.force_id, n.day, {sql.keys("n.{names}")} FROM fold_new n
"""
_RECORDS = f"""
INSERT INTO reports_cell AS cell (scope, grain, key, starts_on, count)
SELECT scope.scope, bucket.grain, each.key, bucket.starts_on, sum(image.sign)
FROM ({_IMAGES.format(column="keys", names="names")}) AS image
CROSS JOIN LATERAL unnest(image.keys) AS each(key)
CROSS JOIN LATERAL {sql.scopes("image.force_id")}
CROSS JOIN LATERAL {sql.buckets(Unit.RECORDS, "image.day")}
GROUP BY 1, 2, 3, 4 HAVING sum(image.sign) <> 0
ORDER BY 1, 2, 3, 4
ON CONFLICT (scope, grain, key, starts_on) DO UPDATE SET count = cell.count + excluded.count
"""
# Whether somebody is counted in a cell of people, before what was touched is put in its place and after.
_IS_THERE = f"""
EXISTS (SELECT FROM reports_fact f WHERE f.source = {{row}}.source AND f.whom = {{row}}.whom
    AND {{row}}.key = ANY(f.people)
    AND ({{row}}.scope = {sql.ALL} OR f.force_id = {{row}}.scope)
    AND CASE {{row}}.grain {" ".join(f"WHEN '{g}' THEN {sql.starts(g, 'f.day')}" for g in "mqyf")} END
        = {{row}}.starts_on)
"""
_SEEN = f"""
INSERT INTO fold_seen
SELECT one.*, {_IS_THERE.format(row="one")} FROM (
    SELECT DISTINCT scope.scope, bucket.grain, each.key, bucket.starts_on, image.source, image.whom
    FROM ({_IMAGES.format(column="people", names="people_names")}) AS image
    CROSS JOIN LATERAL unnest(image.keys) AS each(key)
    CROSS JOIN LATERAL {sql.scopes("image.force_id")}
    CROSS JOIN LATERAL {sql.buckets(Unit.PEOPLE, "image.day")}
    WHERE image.whom IS NOT NULL
) AS one
"""
_PEOPLE = f"""
INSERT INTO reports_cell AS cell (scope, grain, key, starts_on, count)
SELECT scope, grain, key, starts_on, sum(CASE WHEN was THEN -1 ELSE 1 END) FROM fold_seen
WHERE was <> {_IS_THERE.format(row="fold_seen")}
GROUP BY 1, 2, 3, 4 HAVING sum(CASE WHEN was THEN -1 ELSE 1 END) <> 0
ORDER BY 1, 2, 3, 4
ON CONFLICT (scope, grain, key, starts_on) DO UPDATE SET count = cell.count + excluded.count
"""
_NAMES = f"""
INSERT INTO reports_cellname (id, name)
SELECT DISTINCT {sql.key("each.name")}, each.name
FROM fold_new CROSS JOIN LATERAL unnest(names || people_names) AS each(name)
ON CONFLICT (name) DO NOTHING
"""
_FORGET = """
DELETE FROM reports_fact f USING fold_touched t WHERE f.source = t.source AND f.record_id = t.record_id
"""
_KEEP = f"""
INSERT INTO reports_fact (source, record_id, whom, force_id, area_id, day, keys, people)
SELECT source, record_id, whom, force_id, area_id, day, {sql.keys("names")}, {sql.keys("people_names")}
FROM fold_new
"""


def fold(most: int = BATCH) -> int:
    """Fold up to `most` deltas. How many different ones; 0 also while another folder works."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone(cursor):
            return 0
        cursor.execute(_TABLES)
        cursor.execute(_TAKE, [most])
        taken = cursor.rowcount
        if not taken:
            return 0
        # Read after the deltas were taken: what each of them told of is committed and seen.
        cursor.execute(f"INSERT INTO fold_touched {sql.touched_by('fold_delta')}")
        cursor.execute("ANALYZE fold_touched")
        cursor.execute(f"INSERT INTO fold_new {sql.live_of('fold_touched')}")
        for statement in (_NAMES, _RECORDS, _SEEN, _FORGET, _KEEP, _PEOPLE):
            cursor.execute(statement)
        return taken


def fold_all() -> int:
    """Fold until nothing is left. How many deltas that were."""
    total = 0
    while done := fold():
        total += done
    return total


def alone(cursor: CursorWrapper) -> bool:
    """Whether this transaction may write cells: nobody else does until it ends."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
    return bool(cursor.fetchone()[0])
