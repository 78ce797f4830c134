"""The task list of the record: what is missing, computed from the declaration. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from missingcases.record.sections import SECTIONS


class State(Enum):
    """How far a section is; the values are the words shown."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETE = "Complete"


@dataclass(frozen=True, slots=True)
class SectionTask:
    """One line of the task list. "Not known" is an answer: somebody asked."""

    code: str
    title: str
    state: State
    answered: int
    needed: int
    missing: tuple[str, ...]


def tasks(data: Mapping[str, Mapping[str, Any]]) -> list[SectionTask]:
    """The task list for what is stored, by section code."""
    return [_task(code, data.get(code, {})) for code in SECTIONS]


def _task(code: str, stored: Mapping[str, Any]) -> SectionTask:
    section = SECTIONS[code]
    needed = [one for one in section.fields if one.needed]
    missing = tuple(one.label for one in needed if one.name not in stored)
    state = State.NOT_STARTED if not stored else State.IN_PROGRESS if missing else State.COMPLETE
    return SectionTask(
        code=code,
        title=section.title,
        state=state,
        answered=len(needed) - len(missing),
        needed=len(needed),
        missing=missing,
    )
