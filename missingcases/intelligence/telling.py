"""What a force is told of a report: the named fields of its release, made once and read back. Pure.

Nothing of the origin, the original text or the author is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from missingcases.intelligence.enums import Handling, IntelligenceGrade, SourceGrade

REFERENCE, ABOUT, URGENCY, OBTAINED = "reference", "about", "urgency", "when_told"
SOURCE, INSTRUCTIONS, INCIDENTS = "source_code", "handling_instructions", "incidents"
# Each with the number of its line after it: an agreement names them once.
LINE, GRADING, CONDITIONS = "line", "grading", "conditions"
NAMES = (REFERENCE, ABOUT, URGENCY, OBTAINED, SOURCE, INSTRUCTIONS, INCIDENTS, LINE, GRADING, CONDITIONS)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line as the force reads it."""

    text: str
    source_grade: int
    intelligence_grade: str
    handling: str
    conditions: str = ""

    @property
    def grading(self) -> str:
        """The three gradings as they are written: ``2 B P``."""
        return f"{self.source_grade} {self.intelligence_grade} {self.handling}"

    @property
    def meaning(self) -> tuple[str, str, str]:
        """The three gradings in words."""
        return (
            SourceGrade(self.source_grade).label,
            IntelligenceGrade(self.intelligence_grade).label,
            Handling(self.handling).label,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """All that a force is told."""

    reference: str
    about: str
    urgency: str
    obtained: str
    source: str
    lines: tuple[ToldLine, ...]
    instructions: str = ""
    incidents: tuple[str, ...] = ()


def fields_of(told: Told) -> dict[str, str]:
    """The named fields of the release, without those that are empty."""
    fields = {
        REFERENCE: told.reference,
        ABOUT: told.about,
        URGENCY: told.urgency,
        OBTAINED: told.obtained,
        SOURCE: told.source,
        INCIDENTS: ", ".join(told.incidents),
        INSTRUCTIONS: told.instructions,
    }
    for number, line in enumerate(told.lines, start=1):
        fields |= {
            f"{LINE}_{number}": line.text,
            f"{GRADING}_{number}": line.grading,
            f"{CONDITIONS}_{number}": line.conditions,
        }
    return {name: text for name, text in fields.items() if text}


def read_back(fields: Mapping[str, str]) -> Told:
    """The same from the release's fields."""
    return Told(
        reference=fields[REFERENCE],
        about=fields[ABOUT],
        urgency=fields[URGENCY],
        obtained=fields[OBTAINED],
        source=fields[SOURCE],
        lines=_lines(fields),
        instructions=fields.get(INSTRUCTIONS, ""),
        incidents=tuple(filter(None, fields.get(INCIDENTS, "").split(", "))),
    )


def _lines(fields: Mapping[str, str]) -> tuple[ToldLine, ...]:
    count = sum(name.startswith(f"{GRADING}_") for name in fields)
    return tuple(_line(fields, number) for number in range(1, count + 1))


def _line(fields: Mapping[str, str], number: int) -> ToldLine:
    source, intelligence, handling = fields[f"{GRADING}_{number}"].split()
    return ToldLine(
        fields[f"{LINE}_{number}"],
        int(source),
        intelligence,
        handling,
        fields.get(f"{CONDITIONS}_{number}", ""),
    )
