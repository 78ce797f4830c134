"""The record in sections: which fields there are, who sees them, what may be written, what is missing."""

from missingcases.record.checks import RecordInvalid, clean
from missingcases.record.fields import Field, Kind, Reach, Section
from missingcases.record.sections import SECTIONS, section
from missingcases.record.tasks import SectionTask, State, tasks

__all__ = [
    "SECTIONS",
    "Field",
    "Kind",
    "Reach",
    "RecordInvalid",
    "Section",
    "SectionTask",
    "State",
    "clean",
    "section",
    "tasks",
]
