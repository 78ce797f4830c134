"""How a line of the restore ledger names the outlets that were given an appeal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PLACED = "appeals.placed"


@dataclass(frozen=True, slots=True)
class Placed:
    """One outlet that was given an appeal."""

    reference: str
    outlet_id: int
    planned_at: datetime


def written(placed: Iterable[Placed]) -> str:
    """As the line holds them."""
    return " ".join(f"{one.reference}/{one.outlet_id}/{one.planned_at.isoformat()}" for one in placed)


def placed_in(ids: Mapping[str, Any]) -> Iterator[Placed]:
    """The outlets that a line names."""
    for one in ids["placements"].split():
        reference, outlet_id, planned_at = one.split("/")
        yield Placed(reference, int(outlet_id), datetime.fromisoformat(planned_at))
