"""Tables of figures and of our own words: one set is the page, the paper and the files.

Pure. A moment stays a moment until it is shown: people read a date, spreadsheets an ISO stamp. A small
number that is not told is a `Hidden`, never an empty cell and never a nought.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from foundation.clock import in_london


@dataclass(frozen=True, slots=True)
class Hidden:
    """A count that is not told: below `fewest`, or hidden so that such a one cannot be worked out."""

    fewest: int

    def __str__(self) -> str:
        # Not "fewer than": one that would give another away can be any number, and some are shares.
        return "not told*"


@dataclass(frozen=True, slots=True)
class Inside:
    """A count that its reader is told, and that is `Hidden` in what leaves their organisation."""

    count: int

    def __str__(self) -> str:
        return f"{self.count:,}*"


Cell = str | int | float | Decimal | datetime | date | Hidden | Inside | None
Cells = tuple[Cell, ...]
_SHARE = re.compile(r"[\d,]+ of [\d,]+ \([\d.]+%\)")
HIDDEN_NOTE = (
    "* Small numbers are not told. Beside them others are hidden, whatever they are, from which one could be "
    "worked out."
)
INSIDE_NOTE = "* Not told in what is sent, as it is small or one that is could be worked out from it."


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for each column, and rows as long. `note` says what the figures need said beside them."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Cells, ...]
    empty: str = "Nothing."
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"A row of {self.key!r} has not as many cells as there are headings.")

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold only numbers, or what stands in the place of one."""
        return tuple(_is_numeric([row[at] for row in self.rows]) for at in range(len(self.headings)))

    @property
    def hides(self) -> bool:
        """Whether any of its cells is not told."""
        return any(isinstance(cell, Hidden) for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars. None where there is no figure, `Hidden` where it is not told."""

    name: str
    values: tuple[int | float | Decimal | Hidden | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a drawing shows: a label for each place, and series as long. `sentence` says it in words."""

    key: str
    title: str
    sentence: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str = "bars"
    place: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"bars", "lines"}:
            raise ValueError(f"{self.kind!r} is no kind of chart.")
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError(f"A series of {self.key!r} has not as many values as there are labels.")

    @property
    def tells(self) -> bool:
        """Whether any of its values is told: an empty grid of lines would read as noughts."""
        return any(not isinstance(value, Hidden | None) for one in self.series for value in one.values)

    @property
    def table(self) -> Table:
        """The same as a table, for whoever does not see the drawing or wants the numbers."""
        headings = (self.place, *(one.name for one in self.series))
        rows = tuple(zip(self.labels, *(one.values for one in self.series), strict=True))
        note = HIDDEN_NOTE if any(isinstance(cell, Hidden) for row in rows for cell in row) else ""
        return Table(self.key, self.title, headings, rows, note=note)


def _is_numeric(cells: list[Cell]) -> bool:
    return any(is_number(cell) for cell in cells) and all(cell is None or is_number(cell) for cell in cells)


def is_number(cell: Cell) -> bool:
    """Whether it is a number, a share of one, or what stands in the place of one."""
    if isinstance(cell, str):
        return _SHARE.fullmatch(cell) is not None
    is_count = isinstance(cell, int | float | Decimal | Hidden | Inside)
    return is_count and not isinstance(cell, bool)


def clock(at: datetime) -> str:
    """A moment on the London clock to the second, as spreadsheets sort it."""
    return f"{in_london(at):%Y-%m-%d %H:%M:%S}"


def spoken(at: datetime) -> str:
    """A moment on the London clock to the second, as people say it."""
    return f"{in_london(at):%-d %B %Y, %H:%M:%S}"


def said(cell: Cell) -> str:
    """A cell for the page and for print: thousands by commas, fractions to one place, a dash for none."""
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, int | Decimal):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    if isinstance(cell, datetime):
        return spoken(cell)
    return f"{cell:%-d %B %Y}" if isinstance(cell, date) else str(cell)
