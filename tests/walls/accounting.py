"""One of everything by which a body answers for what it holds about people."""

from __future__ import annotations

from missingcases.breakglass import services as breakglass
from missingcases.models import Incident
from tests.cast import Member


def answered_for(incident: Incident, manager: Member, words: str) -> dict[str, dict[str, str]]:
    """The arguments of those pages, by the namespace of their addresses."""
    opening = breakglass.open_records(
        actor=manager.actor, reference=incident.reference, reason=words, minutes=60
    )
    return {
        "breakglass": {"reference": opening.reference},
        "disclosure": {"reference": incident.reference},
    }
