"""The statements of patterns: from the audience rows to what records share, and no further.

Each begins at the incidents that the reader sees (index `audience_by_reported`), of their own force alone.
"""

from __future__ import annotations

_NORMAL = "btrim(regexp_replace(lower({words}), '[^a-z0-9]+', ' ', 'g'))"


def _normal(words: str) -> str:
    return _NORMAL.format(words=words)


# Before anything is grouped it is known whose record it is, and that the reader sees it.
CASES = """
cases AS MATERIALIZED (
    SELECT i.id, i.person_id, i.reference, i.reported_at, i.last_seen_place, i.last_seen_area_id,
        coalesce(i.last_seen_at, i.reported_at) AS seen_at, i.area_found_id, i.place_found, i.looked_after
    FROM (
        SELECT DISTINCT a.incident_id FROM missingcases_audiencerow a
        WHERE a.principal = ANY(%(keys)s::text[]) AND a.kind = ANY(%(kinds)s::text[]) AND a.revoked_at IS NULL
            AND a.reported_at >= %(start)s AND a.reported_at < %(end)s
    ) seen JOIN missingcases_incident i ON i.id = seen.incident_id
    WHERE i.owner_id = %(force)s AND i.status <> 'cancelled'
        AND (%(areas)s::bigint[] IS NULL OR i.last_seen_area_id = ANY(%(areas)s::bigint[]))
)"""

PLACES = f"""
WITH {CASES}, named AS (
    SELECT c.*, {_normal("c.last_seen_place")} AS key FROM cases c
)
SELECT min(last_seen_place), count(*), count(DISTINCT person_id),
    (array_agg(reference ORDER BY reported_at DESC, id DESC))[1:5],
    (array_agg(id ORDER BY reported_at DESC, id DESC))[1:5]
FROM named WHERE key <> ALL(%(nobodys)s)
GROUP BY key HAVING count(*) > 1
ORDER BY count(DISTINCT person_id) DESC, count(*) DESC, key LIMIT %(most)s"""  # noqa: S608 - constants alone

HOURS = f"""
WITH {CASES}
SELECT extract(isodow FROM seen_at AT TIME ZONE 'Europe/London')::int,
    floor(extract(hour FROM seen_at AT TIME ZONE 'Europe/London') / 4)::int, count(*)
FROM cases GROUP BY 1, 2"""  # noqa: S608

AREAS = f"""
WITH {CASES}
SELECT coalesce(area.name, ''), count(*), count(DISTINCT c.person_id),
    count(*) FILTER (WHERE c.looked_after = 'yes')
FROM cases c LEFT JOIN places_area area ON area.id = c.last_seen_area_id
GROUP BY 1 ORDER BY 2 DESC, 1"""  # noqa: S608

FOUND = f"""
WITH {CASES}
SELECT c.place_found, coalesce(area.name, ''), count(*), count(DISTINCT c.person_id)
FROM cases c LEFT JOIN places_area area ON area.id = c.area_found_id
WHERE c.place_found NOT IN ('', 'not_known')
GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC, 1, 2 LIMIT %(most)s"""  # noqa: S608


def _lines(kind: str, field: str) -> str:
    """The entries of a field of the record that holds a list."""
    return f"""
    SELECT '{kind}' AS kind, {_normal("line")} AS key, line AS words, c.id, c.person_id
    FROM cases c JOIN missingcases_recordsection s ON s.incident_id = c.id AND s.section = 'network'
    CROSS JOIN LATERAL jsonb_array_elements_text(
        CASE WHEN jsonb_typeof(s.data -> '{field}') = 'array' THEN s.data -> '{field}' ELSE '[]' END) line"""  # noqa: S608


# Addresses are encrypted and have no key: of homes nothing can be compared but a placement's words.
_THINGS = f"""
things AS (
    {_lines("associate", "associates")} UNION ALL {_lines("concern", "persons_of_concern")}
    UNION ALL {_lines("visited", "places")}
    UNION ALL
    SELECT 'placement', {_normal("s.data ->> 'care_placement_address'")},
        s.data ->> 'care_placement_address', c.id, c.person_id
    FROM cases c JOIN missingcases_recordsection s ON s.incident_id = c.id AND s.section = 'care'
    WHERE s.data ->> 'care_placement_address' IS NOT NULL
    UNION ALL
    SELECT 'phone', p.number_key, '', c.id, c.person_id
    FROM cases c JOIN missingcases_phone p ON p.person_id = c.person_id
    UNION ALL
    SELECT 'together', near.key || near.burst::text, near.last_seen_place, near.id, near.person_id
    FROM (
        SELECT apart.*,
            sum(apart.is_new) OVER (PARTITION BY apart.key ORDER BY apart.seen_at, apart.id) AS burst
        FROM (
            SELECT n.*, CASE WHEN n.seen_at <= interval '12 hours' + lag(n.seen_at) OVER (
                PARTITION BY n.key ORDER BY n.seen_at, n.id) THEN 0 ELSE 1 END AS is_new
            FROM (SELECT c.*, {_normal("c.last_seen_place")} AS key FROM cases c) n
            WHERE n.key <> ALL(%(nobodys)s)
        ) apart
    ) near
)"""  # noqa: S608

# Of a place where many are last seen on one day it says nothing that two of them were: a station, say.
MOST_TOGETHER = 6

SHARED = f"""
WITH {CASES}, {_THINGS}, several AS (
    SELECT kind, key, min(words) AS words, array_agg(DISTINCT person_id) AS people,
        count(DISTINCT id) AS incidents
    FROM things WHERE key <> ALL(%(nobodys)s)
    GROUP BY kind, key HAVING count(DISTINCT person_id) > 1
        AND (kind <> 'together' OR count(DISTINCT person_id) <= {MOST_TOGETHER})
), ranked AS (
    SELECT several.*, row_number() OVER (
        PARTITION BY kind ORDER BY cardinality(people) DESC, incidents DESC, key) AS place
    FROM several
)
SELECT kind, words, people, incidents FROM ranked WHERE place <= %(each)s
ORDER BY kind = 'together', cardinality(people) DESC, incidents DESC, kind, key"""  # noqa: S608

PEOPLE = f"""
WITH {CASES}
SELECT DISTINCT ON (c.person_id) c.person_id, btrim(p.given_names || ' ' || p.family_name), c.reference, c.id
FROM cases c JOIN missingcases_missingperson p ON p.id = c.person_id
WHERE c.person_id = ANY(%(people)s)
ORDER BY c.person_id, c.reported_at DESC, c.id DESC"""  # noqa: S608
