"""Whether anything on somebody's desk can have changed: one look at an index, no list is read."""

from __future__ import annotations

from hashlib import sha256

from django.db import connection
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.policies import principals_of

# Times pass without anybody writing, and what is written beside the audience rows shows by then.
LOOK_AGAIN_SECONDS = 15
NEWEST = 50
# What a manager has to decide leaves out what they wrote themselves.
PERSONAL: frozenset[Role] = frozenset({Role.CHARITY_MANAGER})

# The newest changes of every key that the reader reads by, tombstones too. Not the highest alone: of two
# transactions the one with the lower number may commit last.
_NEWEST = """
    SELECT key, array_agg(newest.change)
    FROM unnest(%s::text[]) AS key
    CROSS JOIN LATERAL (
        SELECT change FROM missingcases_audiencerow
        WHERE principal = key ORDER BY change_xid DESC, change DESC LIMIT %s
    ) AS newest
    GROUP BY key ORDER BY key
"""


def version(actor: Actor) -> str:
    """A short digest that differs whenever what `actor` may see may differ. Ids and numbers only.

    Two people with one digest may see the same: keys that open nothing are left out of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [sorted(principals_of(actor)), NEWEST])
        rows = cursor.fetchall()
    known = [
        str(actor.organisation_id),
        ",".join(sorted(actor.roles)),
        str(actor.user_id if actor.holds(PERSONAL) else 0),
        str(int(timezone.now().timestamp()) // LOOK_AGAIN_SECONDS),
        *(f"{key}={sorted(changes)}" for key, changes in rows),
    ]
    return sha256("|".join(known).encode()).hexdigest()[:32]
