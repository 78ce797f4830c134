"""The statement that makes a child's windows of the records: one row a return, numbers alone.

Both sides are read by one rule and from the same records, the force's. What only the provider of interviews
knows (a child who has moved, says a worker) would shorten the windows of one side alone, so it is not used.
"""

from __future__ import annotations

# A place, for whether interviews are offered: the authority responsible, else the force.
_PLACE = """coalesce(CASE WHEN i.looked_after = 'yes' THEN i.placing_authority_id
    ELSE coalesce(i.placing_authority_id, i.host_authority_id) END, -i.owner_id)"""

# Whoever withdrew a referral later does not undo that one was owed: it is an intention to offer.
_OWED = "r.status <> 'deceased' AND r.ended_by NOT IN ('finding_taken_back', 'merged')"

_RETURNED = """i.status <> 'cancelled' AND i.returned_at IS NOT NULL AND i.outcome <> 'located_deceased'
    AND i.returned_at < i.reported_at + interval '90 days'"""

_BEGAN = f"""
began AS (
    SELECT coalesce(r.authority_id, {_PLACE}) AS place, min(r.clock_start) AS at
    FROM rhi_referral r JOIN missingcases_incident i ON i.id = r.incident_id
    WHERE {_OWED} AND r.origin <> 'hand' GROUP BY 1
)"""  # noqa: S608 - constants of this file alone

_OFFERED = f"""
SELECT DISTINCT ON (i.person_id) i.id, TRUE AS offered, r.origin = 'hand' AS by_hand,
    r.clock_start AS back
FROM rhi_referral r JOIN missingcases_incident i ON i.id = r.incident_id
WHERE {_OWED} AND {_RETURNED} AND r.clock_start >= %(start)s AND r.clock_start < %(end)s
    AND (%(force)s::bigint IS NULL OR i.owner_id = %(force)s)
ORDER BY i.person_id, r.clock_start, i.id"""  # noqa: S608

# Whoever is referred by hand after a later return stays: without them the comparators would be those who were
# not missing again, which makes harm of nothing (ADR 114).
_NO_REFERRAL = "NOT EXISTS (SELECT FROM rhi_referral r WHERE r.incident_id = i.id)"

# So many comparators answer any question; whole children, picked by a scramble of their number alone.
MOST_COMPARED = 30_000
_AT_MOST = f"""
ORDER BY mod(i.person_id * 2654435761, 4294967296), i.person_id, i.id LIMIT {MOST_COMPARED}"""

# The same months, where nothing is offered, or not yet when the window ends.
_ELSEWHERE = f"""
SELECT i.id, FALSE, FALSE, i.returned_at
FROM missingcases_incident i LEFT JOIN began ON began.place = {_PLACE}
WHERE {_RETURNED} AND i.age_at_report < 18 AND {_NO_REFERRAL}
    AND i.reported_at >= %(start)s::timestamptz - interval '90 days' AND i.reported_at < %(end)s
    AND i.returned_at >= %(start)s AND i.returned_at < %(end)s
    AND i.returned_at + interval '90 days' <= %(now)s
    AND (began.at IS NULL OR began.at > i.returned_at + interval '90 days')
{_AT_MOST}"""  # noqa: S608

# The year that ends ninety days before the place began, so that no window reaches into the offer.
_EARLIER = f"""
SELECT i.id, FALSE, FALSE, i.returned_at
FROM missingcases_incident i JOIN began ON began.place = {_PLACE}
WHERE {_RETURNED} AND i.age_at_report < 18 AND {_NO_REFERRAL}
    AND (%(force)s::bigint IS NULL OR i.owner_id = %(force)s)
    AND i.returned_at >= began.at - interval '455 days'
    AND i.returned_at <= began.at - interval '90 days'
{_AT_MOST}"""  # noqa: S608

COMPARISONS = {"elsewhere": _ELSEWHERE, "earlier": _EARLIER}

# Of an area in the tree, the force area it lies in.
_FORCE_AREAS = """
within AS (
    SELECT id AS area, id AS force FROM places_area WHERE kind = 'force'
    UNION
    SELECT link.child_id, within.force FROM places_areaparent link JOIN within ON link.parent_id = within.area
)"""

# Not at risk: missing, in custody until back (`story.gone`); of age, dead, or living in another force's area
# (`away.spans`). What is reported on a day not at risk is in no window, but a report begins a time missing.
_WINDOWS = """
SELECT c.id, i.person_id, c.offered, c.by_hand, i.age_at_report, p.sex, i.looked_after = 'yes', i.risk_level,
    i.scheme, w.before, w.after, w.earlier, w.recent,
    90 - (SELECT coalesce(sum(extract(epoch FROM upper(s) - lower(s))), 0) / 86400
          FROM unnest((story.gone + away.spans)
              * tstzmultirange(tstzrange(i.reported_at - interval '90 days', i.reported_at))) s),
    90 - (SELECT coalesce(sum(extract(epoch FROM upper(s) - lower(s))), 0) / 86400
          FROM unnest((story.gone + away.spans)
              * tstzmultirange(tstzrange(c.back, c.back + interval '90 days'))) s),
    c.back + interval '90 days' <= %(now)s,
    EXISTS (SELECT FROM rhi_referral r JOIN missingcases_incident e ON e.id = r.incident_id
            WHERE e.person_id = i.person_id AND {owed} AND r.clock_start < c.back AND r.incident_id <> i.id
            AND r.clock_start >= c.back - interval '365 days'),
    EXISTS (SELECT FROM missingcases_schemeperiod t WHERE t.organisation_id = i.owner_id
            AND t.starts_on > (i.reported_at - interval '90 days')::date
            AND t.starts_on < (c.back + interval '90 days')::date)
FROM chosen c
JOIN missingcases_incident i ON i.id = c.id
JOIN missingcases_missingperson p ON p.id = i.person_id
JOIN accounts_organisation o ON o.id = i.owner_id
CROSS JOIN LATERAL (
    SELECT min(n.located_at) FILTER (WHERE n.outcome = 'located_deceased') AS died,
        range_agg(tstzrange(n.reported_at, greatest(n.reported_at, least(n.until, n.next)))) AS gone
    FROM (
        SELECT j.reported_at, j.located_at, j.outcome,
            coalesce(j.returned_at, CASE WHEN j.outcome = 'located_custody' THEN NULL
                ELSE coalesce(j.located_at, j.closed_at) END, 'infinity') AS until,
            coalesce(lead(j.reported_at) OVER (ORDER BY j.reported_at), 'infinity') AS next
        FROM missingcases_incident j WHERE j.person_id = i.person_id AND j.status <> 'cancelled'
    ) n
) story
CROSS JOIN LATERAL (
    SELECT tstzmultirange(tstzrange(least(story.died, (p.date_of_birth + interval '18 years')::timestamptz),
            NULL)) * coalesce((SELECT tstzmultirange(tstzrange(NULL, NULL))
            WHERE story.died IS NOT NULL OR p.date_of_birth IS NOT NULL), '{{}}')
        + coalesce((
            SELECT range_agg(tstzrange(a.lived_from::timestamptz, a.lived_until::timestamptz))
            FROM missingcases_address a JOIN within ON within.area = a.area_id
            WHERE a.person_id = i.person_id AND a.kind IN ('home', 'care_placement')
                AND a.lived_from IS NOT NULL AND within.force <> o.area_id
        ), '{{}}') AS spans
) away
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE j.reported_at >= i.reported_at - interval '90 days'
            AND j.reported_at < i.reported_at AND NOT away.spans @> j.reported_at) AS before,
        count(*) FILTER (WHERE j.reported_at >= c.back AND NOT away.spans @> j.reported_at) AS after,
        count(*) FILTER (WHERE j.reported_at < i.reported_at - interval '90 days') AS earlier,
        coalesce(bool_or(j.reported_at >= i.reported_at - interval '28 days'
            AND j.reported_at < i.reported_at AND NOT away.spans @> j.reported_at), FALSE) AS recent
    FROM missingcases_incident j
    WHERE j.person_id = i.person_id AND j.id <> i.id AND j.status <> 'cancelled'
        AND j.reported_at >= i.reported_at - interval '365 days'
        AND j.reported_at < c.back + interval '90 days'
) w
ORDER BY c.offered DESC, c.back, c.id"""


def windows(against: str) -> str:
    """The statement; its values are `start`, `end` and `now`, and the id of a force or None."""
    return (
        f"WITH RECURSIVE {_FORCE_AREAS}, {_BEGAN}, "
        f"chosen AS (({_OFFERED}) UNION ALL ({COMPARISONS[against]})) " + _WINDOWS.format(owed=_OWED)
    )
