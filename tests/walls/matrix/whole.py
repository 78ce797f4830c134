"""The matrix put together: the world, those who look at it, what they look at, what is denied to whom."""

from __future__ import annotations

from dataclasses import dataclass

from tests.walls.matrix import interfaces, viewers, world
from tests.walls.matrix.cells import Denied


@dataclass(frozen=True)
class Matrix:
    """All of it, in the database as it stands."""

    world: world.World
    viewers: list[viewers.Viewer]
    interfaces: list[interfaces.Interface]
    denied: Denied

    @classmethod
    def made(cls) -> Matrix:
        """Make it; `MEDIA_ROOT` is the caller's to set."""
        made = world.make()
        people = viewers.everybody()
        return cls(made, people, interfaces.everything(made.filled), Denied.made(people, made.marks))

    def viewer(self, name: str) -> viewers.Viewer:
        """The one of that name, such as ``police_officer@kent``."""
        (found,) = [one for one in self.viewers if one.name == name]
        return found

    @property
    def generated(self) -> int:
        """How many cells are denied."""
        return self.denied.cells(self.viewers, self.interfaces)
