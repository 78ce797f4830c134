"""What the charity was told and police are not: a report that waits for its approval."""

from __future__ import annotations

from missingcases.intelligence import services as intelligence
from missingcases.models import Incident
from tests.cast import Member
from tests.missingcases.intelligence import making


def told_to_the_charity(incident: Incident, caseworker: Member, words: str) -> str:
    """The reference of an intelligence report about the incident that is not sent."""
    line = making.line(original=words, sanitised=words, handling="C", conditions=words)
    details = intelligence.ReportDetails(incident_reference=incident.reference, instructions=words)
    return intelligence.draft(actor=caseworker.actor, lines=[line], details=details, submit=True).reference
