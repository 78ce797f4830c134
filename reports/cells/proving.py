"""Comparing all that is kept with all that is there: facts with records, and cells with facts.

Records that wait to be folded are left out, as they are read from themselves. No folder works meanwhile.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from reports.cells import statements as sql
from reports.cells.declared import Unit
from reports.cells.folding import alone
from reports.cells.rebuilding import Busy
from reports.cells.sources import SOURCES
from reports.models import Proof

NAMED = 50
_EVERY_FACT = " UNION ALL ".join(sql.live(source) for source in SOURCES)
_FACTS = f"""
WITH touched(source, record_id) AS MATERIALIZED ({sql.touched_by("reports_delta")}),
now AS ({_EVERY_FACT}),
there AS (SELECT source, record_id, whom, force_id, area_id, day,
    {sql.keys("names")} AS keys, {sql.keys("people_names")} AS people FROM now)
SELECT source, record_id FROM reports_fact f FULL JOIN there n USING (source, record_id)
WHERE ROW(f.whom, f.force_id, f.area_id, f.day, f.keys, f.people)
    IS DISTINCT FROM ROW(n.whom, n.force_id, n.area_id, n.day, n.keys, n.people)
AND NOT EXISTS (SELECT FROM touched t WHERE t.source = coalesce(f.source, n.source)
    AND t.record_id = coalesce(f.record_id, n.record_id))
ORDER BY 1, 2
"""
_OF_RECORDS = f"""
SELECT scope.scope, bucket.grain, each.key, bucket.starts_on, count(*) AS count
FROM reports_fact f CROSS JOIN LATERAL unnest(f.keys) AS each(key)
CROSS JOIN LATERAL {sql.scopes("f.force_id")} CROSS JOIN LATERAL {sql.buckets(Unit.RECORDS, "f.day")}
GROUP BY 1, 2, 3, 4
"""
_OF_PEOPLE = f"""
SELECT scope.scope, bucket.grain, each.key, bucket.starts_on, count(DISTINCT (f.source, f.whom))
FROM reports_fact f CROSS JOIN LATERAL unnest(f.people) AS each(key)
CROSS JOIN LATERAL {sql.scopes("f.force_id")} CROSS JOIN LATERAL {sql.buckets(Unit.PEOPLE, "f.day")}
WHERE f.whom IS NOT NULL GROUP BY 1, 2, 3, 4
"""
_CELLS = f"""
SELECT scope, grain, coalesce(n.name, key::text), starts_on, coalesce(c.count, 0), coalesce(f.count, 0)
FROM (SELECT * FROM reports_cell WHERE count <> 0) c
FULL JOIN ({_OF_RECORDS} UNION ALL {_OF_PEOPLE}) f USING (scope, grain, key, starts_on)
LEFT JOIN reports_cellname n ON n.id = key
WHERE c.count IS DISTINCT FROM f.count ORDER BY 1, 2, 3, 4
"""
_SIZES = "SELECT (SELECT count(*) FROM reports_fact), (SELECT count(*) FROM reports_cell WHERE count <> 0)"


def prove() -> Proof:
    """Compare, and keep what came of it. Raises `Busy` while somebody folds or rebuilds."""
    started = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone(cursor):
            raise Busy
        cursor.execute(_FACTS)
        facts = cursor.fetchall()
        cursor.execute(_CELLS)
        cells = cursor.fetchall()
        cursor.execute(_SIZES)
        sizes = cursor.fetchone()
    return Proof.objects.create(
        started_at=started,
        ended_at=timezone.now(),
        facts=sizes[0],
        cells=sizes[1],
        differ=len(facts) + len(cells),
        differing=[*(_fact(one) for one in facts), *(_cell(one) for one in cells)][:NAMED],
    )


def _fact(row: tuple[int, int]) -> str:
    source = next(one.name for one in SOURCES if one.number == row[0])
    return f"{source} {row[1]}"


def _cell(row: tuple[object, ...]) -> str:
    scope, grain, name, starts_on, kept, there = row
    return f"{name} of force {scope}, {grain} {starts_on}: kept {kept}, there {there}"
