"""What a field and a section of the record are. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is asked and stored (JSON)."""

    TEXT = "text"  # one line, at most 200 characters
    LONG_TEXT = "long_text"  # at most 5,000 characters
    CHOICE = "choice"  # one code of the field's choices
    CHOICES = "choices"  # a list of codes
    KNOWN = "known"  # yes, no, not_known
    DATE = "date"  # ISO 8601
    NUMBER = "number"  # a whole number, not negative
    LINES = "lines"  # a list of short texts


class Reach(Enum):
    """Who, of those who see the record, sees a field."""

    RECORD = "record"  # everyone who sees the record
    OWNER = "owner"  # the owner force only


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `needed` counts for the task list; `hidden` shows only after an audited reveal."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    hidden: bool = False
    reach: Reach = Reach.RECORD
    hint: str = ""
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the record, in the order a person fills it in."""

    code: str
    title: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def is_hidden(self) -> bool:
        """Whether any field shows only after a reveal."""
        return any(one.hidden for one in self.fields)
