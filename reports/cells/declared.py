"""The shapes in which it is declared what is counted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

NAME_ENDS, BETWEEN = ":", "|"


class Unit(Enum):
    """What a family counts; the two are never added to each other (domain.md section 1)."""

    RECORDS = "records"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One property of a record: SQL that is never null, and its values with their words, in order.

    `is_many`: the SQL is a text array, and a record counts once under each of its values. Where `words` are
    empty the values are open (areas, by their number).
    """

    name: str
    label: str
    sql: str
    words: Mapping[str, str] = field(default_factory=dict)
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """A table whose changes change what is counted, and which columns do.

    `key` is the column that the delta carries, of the kind `what` (`Source.expand` says which records that
    touches). A row whose key changes is told under both.
    """

    table: str
    what: str
    columns: tuple[str, ...]
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Family:
    """What is counted, by which dimensions. `only` is SQL that a record must meet."""

    name: str
    source: str
    dimensions: tuple[Dimension, ...] = ()
    unit: Unit = Unit.RECORDS
    only: str = ""

    def __post_init__(self) -> None:
        if sum(one.is_many for one in self.dimensions) > 1:
            raise ValueError(f"{self.name!r}: a record counts by one many-valued dimension at most.")

    @property
    def prefix(self) -> str:
        """How the names of its cells begin."""
        return self.name + NAME_ENDS

    def values_of(self, name: str) -> tuple[str, ...]:
        """The values of a cell's name, one for each dimension."""
        rest = name[len(self.prefix) :]
        return tuple(rest.split(BETWEEN)) if self.dimensions else ()

    @property
    def sql(self) -> str:
        """The names of the cells that a record counts in, as a text array."""
        many = next((one for one in self.dimensions if one.is_many), None)
        parts = ["each.value" if one.is_many else one.sql for one in self.dimensions]
        name = f" || '{BETWEEN}' || ".join(f"({part})" for part in parts)
        name = f"'{self.prefix}' || {name}" if name else f"'{self.prefix}'"
        if many is not None:
            made = f"ARRAY(SELECT {name} FROM unnest({many.sql}) AS each(value))"
        else:
            made = f"ARRAY[{name}]"
        return f"CASE WHEN {self.only} THEN {made} ELSE '{{}}' END" if self.only else made


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record that is counted by a day of its own.

    `tables` is what stands after FROM; the other fields are SQL over its aliases. `expand` is, by `what` of a
    delta, SQL that gives the records of this source for the numbers in `{ids}`.
    """

    number: int
    name: str
    tables: str
    record: str
    whom: str
    force: str
    area: str
    day: str
    only: str
    expand: Mapping[str, str]
