"""Which incidents a list shows, read in order from the index of the audience rows.

What a list asks of an incident besides who may see it (`Narrowing`) is on the audience row, or is looked up
for as many rows as are shown. So a page costs the same however long the list is and however far down it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.actors import Actor
from foundation.prepared import fetch_row
from missingcases.enums import RECORD_KINDS
from missingcases.policies import record_principals_of


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to; None narrows nothing. A `risk_level` of "" is one not graded yet."""

    status: str | None = None
    is_open: bool | None = None
    risk_level: str | None = None
    reported_from: datetime | None = None
    reported_before: datetime | None = None
    owner_id: int | None = None

    def clauses(self) -> tuple[str, dict[str, Any]]:
        """SQL on the audience row `a` (and, for risk and owner, its incident), with its parameters."""
        incident = "EXISTS (SELECT FROM missingcases_incident r WHERE r.id = a.incident_id AND "
        wanted = {
            "a.status = %(status)s": ("status", self.status),
            "a.reported_at >= %(from)s": ("from", self.reported_from),
            "a.reported_at < %(before)s": ("before", self.reported_before),
            f"{incident}r.risk_level = %(risk)s)": ("risk", self.risk_level),
            f"{incident}r.owner_id = %(owner)s)": ("owner", self.owner_id),
        }
        used = {sql: pair for sql, pair in wanted.items() if pair[1] is not None}
        return "".join(f" AND {sql}" for sql in (*_OPENNESS[self.is_open], *used)), dict(used.values())


# In words and not as a parameter: a prepared plan then knows that the index of open ones is enough.
_OPENNESS: dict[bool | None, tuple[str, ...]] = {None: (), True: ("a.is_open",), False: ("NOT a.is_open",)}


# Each key's rows come from the index in order; an incident seen through two of them is shown once, and it may
# be seen through two rows of one key (placing and host authority at once): hence the reach of twice the size.
ROWS = """
    SELECT DISTINCT ON (a.reported_at, a.incident_id) a.incident_id, a.reported_at
    FROM unnest(%(keys)s::text[]) k(principal) CROSS JOIN LATERAL (
        SELECT a.incident_id, a.reported_at FROM missingcases_audiencerow a
        WHERE a.principal = k.principal AND a.revoked_at IS NULL AND a.kind = ANY(%(kinds)s) {where}
        ORDER BY a.reported_at {way}, a.incident_id {way} LIMIT {reach}) a
    ORDER BY a.reported_at {way}, a.incident_id {way} LIMIT {size}
"""
_PAGE = """SELECT coalesce(array_agg(incident_id ORDER BY reported_at {way}, incident_id {way}), '{{}}')
    FROM ({rows}) p"""
_COUNT = "SELECT count(*) FROM ({rows}) p"


def listed_ids(
    actor: Actor,
    narrowing: Narrowing,
    size: int,
    *,
    older_than: tuple[datetime, int] | None = None,
    newer_than: tuple[datetime, int] | None = None,
) -> list[int]:
    """Ids of at most `size` incidents whose record `actor` sees, newest report first.

    `newer_than` gives those just above a place, nearest first: the oldest of them first.
    """
    where, values = narrowing.clauses()
    place = newer_than or older_than
    if place is not None:
        values["at"], values["id"] = place
        where += f" AND (a.reported_at, a.incident_id) {'>' if newer_than else '<'} (%(at)s, %(id)s)"
    way = "ASC" if newer_than else "DESC"
    rows = ROWS.format(where=where, way=way, size=size, reach=size * 2)
    found = fetch_row(_PAGE.format(rows=rows, way=way), values | keys_of(actor))
    return list(found[0]) if found else []


def count_up_to(actor: Actor, narrowing: Narrowing, most: int) -> int:
    """How many incidents `actor` sees the record of, counted no further than `most`."""
    where, values = narrowing.clauses()
    rows = ROWS.format(where=where, way="DESC", size=most, reach=most * 2)
    found = fetch_row(_COUNT.format(rows=rows), values | keys_of(actor))
    return int(found[0]) if found else 0


def keys_of(actor: Actor) -> dict[str, Any]:
    """The parameters of `ROWS` that say who reads."""
    return {"keys": sorted(record_principals_of(actor)), "kinds": sorted(RECORD_KINDS)}
