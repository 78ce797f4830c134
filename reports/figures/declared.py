"""The shapes in which a figure is declared. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum

ALL_AGES = "all"
AGES = ("child", "adult", "not_known")
Key = tuple[Hashable, ...]


class Kept(Enum):
    """Where a number comes from, in words for the reader."""

    CELLS = "Kept cells, exact at once"
    PUBLISHED = "Published; nothing here counts it"


class Reach(Enum):
    """Whose record the figure counts, which decides who is told how small a number (domain.md section 6)."""

    POLICE = "police"  # the force's own records
    OPEN = "open"  # what was published to everybody, or is known to both
    CONFIDENTIAL = "confidential"  # what somebody took up in confidence: not told to a force when small


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as it was published: shown beside ours with its source and year, never reconciled with it.

    `beside` is the label of the figure's part that counts the same here; empty where none does.
    """

    words: str
    of: str
    beside: str = ""
    source: str = "The charity's response to the Met, 2015"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a figure: a count, or with `among` the share of another count."""

    label: str
    key: Key
    among: Key | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its definition, unit and source, its lines, and what was published.

    `cannot` says what of the published figure no record here can answer. `version` goes up whenever the
    definition changes, so that a frozen report says by which one it was counted. `leads_to` is the name of a
    page that answers more of it.
    """

    key: str
    title: str
    unit: str
    definition: str
    reach: Reach
    parts: tuple[Part, ...] = ()
    published: tuple[Published, ...] = ()
    cannot: str = ""
    leads_to: str = ""
    version: int = 1

    @property
    def source(self) -> str:
        """Where it comes from."""
        return (Kept.CELLS if self.parts else Kept.PUBLISHED).value


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of incidents by one property: the family of cells, and its values with their words.

    Of a many-valued property an incident stands in several rows, and they do not add up.
    """

    family: str
    dimension: str
    title: str
    note: str = ""
    is_many: bool = False
    version: int = 1
    by: str = ""  # the property as "Incidents by ..." says it, where its title does not fit

    @property
    def heading(self) -> str:
        """What stands above the table."""
        return f"Incidents by {self.by or self.title.lower()}"
