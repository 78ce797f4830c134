"""Every model of missingcases, split by entity."""

from missingcases.models.actions import Action, ActionRule
from missingcases.models.audience import AudienceRow
from missingcases.models.flags import Flag, FlagChange, FlagSnapshot
from missingcases.models.incidents import Incident, LocatedEntry, Reporter, SchemePeriod
from missingcases.models.interviews import PreventionInterview
from missingcases.models.notes import Attachment, Note, Photo
from missingcases.models.people import Address, Alias, MissingPerson, Phone
from missingcases.models.record import RecordSection
from missingcases.models.releases import Release
from missingcases.models.risk import ReviewClock, ReviewRule, RiskAssessment
from missingcases.models.timeline import TimelineEntry
from missingcases.models.transfers import Transfer

__all__ = [
    "Action",
    "ActionRule",
    "Address",
    "Alias",
    "Attachment",
    "AudienceRow",
    "Flag",
    "FlagChange",
    "FlagSnapshot",
    "Incident",
    "LocatedEntry",
    "MissingPerson",
    "Note",
    "Phone",
    "Photo",
    "PreventionInterview",
    "RecordSection",
    "Release",
    "Reporter",
    "ReviewClock",
    "ReviewRule",
    "RiskAssessment",
    "SchemePeriod",
    "TimelineEntry",
    "Transfer",
]
