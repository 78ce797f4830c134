"""What can be wrong with what somebody gave us; words say what to do."""

from __future__ import annotations


class Invalid(ValueError):
    """A value that cannot be taken, by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = problems


class Stale(Exception):
    """Somebody else changed the record since it was read; nothing was written."""
