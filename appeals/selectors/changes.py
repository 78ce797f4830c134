"""What changed on an organisation's own outlets since a cursor: no gap, no repeat, whoever writes meanwhile.

A placement carries the number of the transaction that last wrote it. Only what is below the oldest
transaction still running is told, so that nothing commits behind the cursor. A cursor names the restore it
comes after: transactions are numbered anew then, so an older one starts again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from appeals.models import Outlet, PublicPlacement
from foundation.actors import Actor
from missingcases.selectors.version import GENERATION

START = "0.0.0"
_NOW = f"SELECT generation, pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM ({GENERATION}) told"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, in order; the cursor behind the last of it; whether there is more."""

    placements: tuple[PublicPlacement, ...]
    cursor: str
    has_more: bool


def changes_since(actor: Actor, cursor: str = START, *, size: int = 200) -> Changes:
    """What was placed on the outlets of the actor's own organisation, live or gone; nothing of others.

    Raises `ValueError` for what is no cursor.
    """
    generation, change, placement_id = _read(cursor)
    with connection.cursor() as look:
        look.execute(_NOW)
        now, settled = look.fetchone()
    if generation != now:
        change, placement_id = 0, 0
    behind = Q(change__gt=change) | Q(change=change, placement_id__gt=placement_id)
    mine = Outlet.objects.filter(organisation__isnull=False, organisation=actor.organisation_id).values("pk")
    rows = PublicPlacement.objects.filter(behind, outlet_id__in=mine, change__lt=settled)
    found = list(rows.order_by("change", "placement_id")[: size + 1])
    told = tuple(found[:size])
    last = f"{now}.{told[-1].change}.{told[-1].placement_id}" if told else f"{now}.{change}.{placement_id}"
    return Changes(told, last, len(found) > size)


def _read(cursor: str) -> tuple[int, int, int]:
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise ValueError("no such cursor")
    generation, change, placement_id = (int(part) for part in parts)
    return generation, change, placement_id
