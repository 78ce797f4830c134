"""What services raise beside `foundation.access.Refused`; nothing was written where one of them is raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class NotVisible(LookupError):
    """The actor may not know that the record exists. A page answers 404."""


class Invalid(ValueError):
    """What was given cannot be stored. `problems` maps a field's name to words for a person."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(sorted(problems)))
        self.problems = dict(problems)


class Stale(Exception):
    """Somebody else saved since the record was read; the caller reads it anew."""


class Conflict(Stale):
    """As `Stale`, with both sides.

    `theirs` and `yours` hold, by field, what is stored now and what was about to overwrite it;
    `version` is the one to send when the person has chosen.
    """

    def __init__(self, *, version: int, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__("Somebody else changed this meanwhile.")
        self.version = version
        self.theirs = dict(theirs)
        self.yours = dict(yours)
