"""The world of the walls with the markers in it, made once for all tests of the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from tests.walls.filled import Filled, fill
from tests.walls.matrix import planting
from tests.walls.matrix.more import add_what_is_missing
from tests.walls.people import founders


@dataclass(frozen=True)
class World:
    """What was made, and where which marker stands."""

    filled: Filled
    marks: dict[str, planting.Mark]


def make() -> World:
    """Make it in the database as it stands; `MEDIA_ROOT` is the caller's to set."""
    made_by = founders()
    filled = fill(made_by.officer, made_by.supervisor, made_by.caseworker, made_by.manager)
    add_what_is_missing(filled, made_by)
    return World(filled, planting.plant())
