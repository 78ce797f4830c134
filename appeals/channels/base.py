"""What a network is told and what it answers. None of it writes to our database or reads a record.

Steps are plain and sequential (`foundation.calling`); two hundred of them run at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from appeals.enums import Language
from appeals.projection import Published
from foundation.calling import Steps
from foundation.files import storage


@dataclass(frozen=True, slots=True)
class Job:
    """One placement, with all that its network may know of it.

    `picture_place` is where its picture lies, or empty. `turn` counts how often the outlet was told to take
    it down. `replaces` are our earlier references for the same appeal there, `others` the network's own for
    other showings of it. What names a person or proves who we are stays out of `repr`.
    """

    reference: str
    appeal_reference: str
    planned_at: datetime
    address: str = field(repr=False)
    account: str = field(repr=False)
    secret: str = field(repr=False)
    language: str
    shown: Mapping[str, Mapping[str, Any]] = field(repr=False)
    page: str = field(repr=False)
    picture_place: str = field(default="", repr=False)
    picture_type: str = ""
    remote_id: str = ""
    remote_url: str = ""
    embargo_until: datetime | None = None
    turn: int = 0
    replaces: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()

    @property
    def published(self) -> Published:
        """What it shows, in the outlet's language where there is a wording in it, else in English."""
        stored = self.shown.get(self.language) or self.shown[Language.ENGLISH]
        return Published.from_json(dict(stored))

    def picture(self) -> bytes | None:
        """The picture's bytes; None where there is none."""
        if not self.picture_place:
            return None
        try:
            return storage.path_of(self.picture_place).read_bytes()
        except FileNotFoundError:
            return None


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a network put it."""

    remote_id: str = ""
    remote_url: str = ""


class Sight(Enum):
    """What a look at an outlet shows."""

    SHOWN = "shown"
    GONE = "gone"
    UNCLEAR = "unclear"


class Network(Protocol):
    """What a network has to be able to do. Each may be done twice and is then as if done once."""

    def publish(self, job: Job) -> Steps[Shown]:
        """Show it. Raises `CallFailed`, with `unknown` where it may be shown all the same."""
        ...

    def find(self, job: Job) -> Steps[Shown | None]:
        """What an earlier `publish` came to that nobody heard the end of; None where it came to nothing."""
        ...

    def withdraw(self, job: Job) -> Steps[None]:
        """Tell it to be taken down, whatever became of its publication."""
        ...

    def look(self, job: Job) -> Steps[Sight]:
        """Whether it is still there, by the network's own word."""
        ...
