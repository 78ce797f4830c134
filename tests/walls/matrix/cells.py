"""What was shown, held against who may know; a cell is a viewer, an interface and a word of a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tests.walls.matrix.knowing import Known, may_know
from tests.walls.matrix.known import KNOWN_TO
from tests.walls.matrix.planting import Mark
from tests.walls.matrix.viewers import Viewer
from tests.walls.matrix.walking import Seen


@dataclass(frozen=True)
class Denied:
    """For each viewer the markers that they must never read."""

    of: dict[str, frozenset[str]]
    marks: dict[str, Mark]

    @classmethod
    def made(cls, viewers: Iterable[Viewer], marks: dict[str, Mark], known: Known = KNOWN_TO) -> Denied:
        """Ask the tables once for each viewer and mark. Raises `KeyError` for a model not in them."""
        of = {}
        for viewer in viewers:
            of[viewer.name] = frozenset(
                marker for marker, mark in marks.items() if not may_know(known, viewer, mark)
            )
        return cls(of, marks)

    def cells(self, viewers: Iterable[Viewer], interfaces: Collection[object]) -> int:
        """How many cells are denied."""
        return sum(len(self.of[viewer.name]) for viewer in viewers) * len(interfaces)

    def leaks(self, seen: Iterable[Seen]) -> list[str]:
        """What somebody read and must not: who, what, and where."""
        found = set()
        for one in seen:
            for marker in one.markers & self.of[one.viewer.name]:
                found.add(f"{one.viewer.name} reads {self.marks[marker].field} at {one.interface.name}")
        return sorted(found)
