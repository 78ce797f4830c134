"""Reads for lists of incidents already shown to be visible: one query a kind of fact, never one a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from foundation.actors import Actor
from missingcases.enums import ACTIVE_FLAG, RISK_RANK, FlagKind, ReviewKind, Sensitivity
from missingcases.models import Flag, Incident, Phone, RecordSection, Reporter
from missingcases.selectors.clocks import running_clocks


@dataclass(frozen=True, slots=True)
class Due:
    """The next review of one incident."""

    words: str
    at: datetime


def next_due(incidents: Sequence[Incident]) -> dict[int, Due]:
    """The review due next, by incident id. One query."""
    found: dict[int, Due] = {}
    rows = running_clocks().filter(incident_id__in=[row.pk for row in incidents])
    for incident_id, kind, due_at in rows.order_by("due_at", "pk").values_list(
        "incident_id", "kind", "due_at"
    ):
        found.setdefault(incident_id, Due(str(ReviewKind(kind).label), due_at))
    return found


def urgency(incident: Incident) -> tuple[int, datetime]:
    """A sort key: the highest risk first, then the longest missing."""
    return -RISK_RANK[incident.risk_level], incident.reported_at


@dataclass(slots=True)
class SheetDetails:
    """What the paper says of one incident beyond its own columns."""

    due: Due | None = None
    flags: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    reporter: str = ""
    what_happened: str = ""
    clothing: str = ""
    marks: str = ""


def sheet_details(actor: Actor, incidents: Iterable[Incident]) -> dict[int, SheetDetails]:
    """The facts of the printed sheet, by incident id; four queries and one for the reviews.

    The reporter, and flags kept to the owner force, are left out for other bodies.
    """
    rows = list(incidents)
    found = {row.pk: SheetDetails() for row in rows}
    own = {row.pk for row in rows if row.owner_id == actor.organisation_id}
    by_person: dict[int, list[int]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row.pk)
    for incident_id, due in next_due(rows).items():
        found[incident_id].due = due
    for flag in Flag.objects.filter(person_id__in=by_person, status__in=sorted(ACTIVE_FLAG)):
        for incident_id in by_person[flag.person_id]:
            if incident_id in own or flag.sensitivity != Sensitivity.OWNER_ONLY:
                found[incident_id].flags.append(str(FlagKind(flag.kind).label))
    for phone in Phone.objects.filter(person_id__in=by_person, is_current=True).order_by("pk"):
        for incident_id in by_person[phone.person_id]:
            found[incident_id].phones.append(phone.number)
    for reporter in Reporter.objects.filter(incident_id__in=own):
        said = (reporter.name, reporter.relation, reporter.telephone)
        found[reporter.incident_id].reporter = ", ".join(part for part in said if part)
    _sections(found)
    return found


def _sections(found: dict[int, SheetDetails]) -> None:
    rows = RecordSection.objects.filter(
        incident_id__in=found, section__in=["circumstances", "description"]
    ).values_list("incident_id", "section", "data")
    for incident_id, section, data in rows:
        details = found[incident_id]
        if section == "circumstances":
            details.what_happened = data.get("what_happened", "")
            details.clothing = data.get("clothing", "")
        else:
            details.marks = data.get("marks", "")
