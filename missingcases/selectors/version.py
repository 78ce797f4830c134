"""Of which version everything is that somebody may see: what an ETag is made of."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.prepared import fetch_row
from missingcases.policies import principals_of

# Differs after each restore, whichever backup it was of: the numbers of changes are handed out anew then.
GENERATION = """
SELECT coalesce((extract(epoch FROM max(restored_at)) * 1000)::bigint, 0) AS generation FROM backups_hold
"""
# Two look-ups by index: the newest settled change, and what was committed above the settled part. The settled
# part alone would miss what is committed while an older transaction still runs. Above it a row joining makes
# the count grow and a row changed again makes the sum grow, until they settle.
VERSION = """
SELECT (GENERATION) || '-' ||
       coalesce((SELECT string_agg(a.change_xid || '.' || a.change, '-' ORDER BY k.principal)
            FROM unnest(%(all_keys)s::text[]) k(principal)
            CROSS JOIN LATERAL (SELECT a.change_xid, a.change FROM missingcases_audiencerow a
                WHERE a.principal = k.principal AND a.change_xid < w.mark
                ORDER BY a.change_xid DESC, a.change DESC LIMIT 1) a), '0') || '-' || u.rows || '-' || u.sum
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS mark) w
CROSS JOIN LATERAL (SELECT count(*) AS rows, coalesce(sum(a.change), 0) AS sum
    FROM missingcases_audiencerow a
    WHERE a.principal = ANY(%(all_keys)s) AND a.change_xid >= w.mark) u
""".replace("GENERATION", GENERATION)


def keys_read_by(actor: Actor) -> list[str]:
    """What `VERSION` is asked for."""
    return sorted(principals_of(actor))


def version_of(actor: Actor) -> str:
    """Changes whenever anything `actor` may see does; asked before any heavy query."""
    found = fetch_row(VERSION, {"all_keys": keys_read_by(actor)})
    return str(found[0]) if found else ""
