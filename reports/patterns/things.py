"""What records can share, and how words become one thing or stay apart. Pure.

Nobody is called anything here: a name, a place or a number "appears in the records of" somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """The sorts of things, in the order in which they are shown. The value stands in the statements."""

    ASSOCIATE = "associate"
    CONCERN = "concern"
    PLACEMENT = "placement"
    VISITED = "visited"
    PHONE = "phone"
    TOGETHER = "together"

    @property
    def words(self) -> str:
        """What it is, before its name."""
        return _WORDS[self]


_WORDS = {
    Kind.ASSOCIATE: "Friend or associate",
    Kind.CONCERN: "Person of concern",
    Kind.PLACEMENT: "Placement",
    Kind.VISITED: "Place often visited",
    Kind.PHONE: "Telephone number",
    Kind.TOGETHER: "Last seen at one place within twelve hours",
}

# Words that name no one place or person: whoever was last seen at "home" shares nothing with another.
NOBODYS = (
    "", "home", "home address", "at home", "own home", "house", "placement", "school", "work", "town", "park",
    "street", "a friend s", "friend s house", "unknown", "not known", "nk", "n k", "none", "n a", "na", "no",
    "nil", "various", "as above", "tbc", "mum", "mother", "dad", "father", "parents", "girlfriend",
    "boyfriend", "friend", "friends", "family",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the force's records: how a page names them, and their latest incident in it."""

    pk: int
    name: str
    incident: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that appears in the records of several people."""

    kind: Kind
    words: str
    people: tuple[Person, ...]
    incidents: int

    @property
    def label(self) -> str:
        """What it is and its name; numbers are not told, only that they are equal."""
        return f"{self.kind.words}: {self.words}" if self.words else self.kind.words


def normalised(words: str) -> str:
    """Words as they are compared: without case, points and doubled gaps. The statements do the same."""
    return re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()
