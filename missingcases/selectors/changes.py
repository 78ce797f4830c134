"""What changed since a cursor: no gap and no repeat, whoever writes meanwhile.

Each audience row carries the number of its last change and the transaction that made it. Numbers are
handed out before their transactions commit, so a reader who went by number alone would pass over one that
commits late. Rows are told in the order (transaction, number), and only those of transactions below the
oldest one still running: whatever commits later has a higher transaction and comes after the cursor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.prepared import fetch_row
from missingcases.enums import RECORD_KINDS, AudienceKind
from missingcases.models import Incident
from missingcases.policies import principals_of
from missingcases.selectors.feed import INCIDENT_JSON, JOINED, read_number
from missingcases.selectors.version import GENERATION, VERSION

START = "0.0"


@dataclass(frozen=True, slots=True)
class Changes:
    """A JSON array as text, the cursor behind its last entry, whether there is more, and the version."""

    json: str
    cursor: str
    has_more: bool
    version: str


# An incident seen through several rows is told once, by the last of them. What is told is how it stands
# now: its record, that something of it is released, or that it is seen no more. One look at the incident's
# rows says both.
_CHANGES = """
WITH restored AS ({generation}),
mark AS (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xid, restored.generation,
           CASE WHEN told.generation = restored.generation THEN told.xid ELSE 0 END AS from_xid,
           CASE WHEN told.generation = restored.generation THEN told.change ELSE 0 END AS from_change
    FROM restored, (SELECT %(generation)s::bigint AS generation, %(xid)s::bigint AS xid,
                           %(change)s::bigint AS change) told),
seen AS (
    SELECT a.*
    FROM mark, unnest(%(keys)s::text[]) k(principal) CROSS JOIN LATERAL (
        SELECT a.incident_id, a.change_xid, a.change, greatest(a.updated_at, a.revoked_at) AS updated_at,
               held.record, held.released
        FROM missingcases_audiencerow a CROSS JOIN LATERAL (
            SELECT coalesce(bool_or(b.revoked_at IS NULL AND b.kind = ANY(%(kinds)s)), false) AS record,
                   coalesce(bool_or(b.revoked_at IS NULL AND b.kind = %(release)s), false) AS released,
                   bool_or(b.change_xid < mark.xid
                       AND (b.change_xid, b.change) > (a.change_xid, a.change)) AS told_later
            FROM missingcases_audiencerow b
            WHERE b.incident_id = a.incident_id AND b.principal = ANY(%(keys)s)) held
        WHERE a.principal = k.principal AND a.change_xid < mark.xid
          AND (a.change_xid, a.change) > (mark.from_xid, mark.from_change) AND NOT held.told_later
        ORDER BY a.change_xid, a.change LIMIT {size}) a
    ORDER BY a.change_xid, a.change LIMIT {size}
), told AS (
    SELECT a.incident_id, a.change_xid, a.change, json_build_object(
        'reference', i.reference, 'changed_at', a.updated_at,
        'standing', CASE WHEN a.record THEN 'record' WHEN a.released THEN 'release' ELSE 'revoked' END,
        'incident', CASE WHEN a.record THEN {incident} END) AS entry
    FROM seen a {joined}
), found AS (
    SELECT coalesce(json_agg(entry ORDER BY change_xid, change), '[]')::text AS entries,
           coalesce(array_agg(incident_id ORDER BY change_xid, change), '{{}}') AS ids, count(*) AS count
    FROM told
), read AS ({read})
SELECT entries, count,
       (SELECT change_xid || '.' || change FROM told ORDER BY change_xid DESC, change DESC LIMIT 1),
       (SELECT generation FROM mark), ({version})
FROM found
"""
# Where there was nothing to read nothing is written down.
_READ = audit.READ.format(found="found WHERE count > 0")


def changes_since(actor: Actor, cursor: str = START, *, size: int = 500) -> Changes:
    """At most `size` changes behind `cursor`. The reading is audited, where there was anything to read.

    A cursor says which restore it comes after (`GENERATION`): one from before the last restore starts anew,
    as nobody can tell what of it was lost.

    Raises `ValueError` for what is no cursor.
    """
    parts = [read_number(part) for part in cursor.split(".")]
    if len(parts) not in {2, 3}:
        raise ValueError("no such cursor")
    values: dict[str, Any] = {
        "keys": (keys := sorted(principals_of(actor))),
        "all_keys": keys,
        "xid": parts[-2],
        "change": parts[-1],
        "generation": parts[0] if len(parts) == 3 else 0,
        "kinds": sorted(RECORD_KINDS),
        "release": AudienceKind.RELEASE,
        **audit.reading(actor=actor, action="incident.changes_read", target=Incident),
    }
    sql = _CHANGES.format(
        generation=GENERATION,
        incident=INCIDENT_JSON,
        joined=JOINED,
        size=int(size),
        version=VERSION,
        read=_READ,
    )
    told, count, last, generation, version = fetch_row(sql, values) or ("[]", 0, None, 0, "")
    return Changes(told, f"{generation}.{last}" if last else cursor, count == size, version)
