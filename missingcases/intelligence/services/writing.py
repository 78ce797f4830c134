"""Writing a report: raised by staff or by another service, changed until it is asked to be approved.

Lock order: the incident, where there is one, then the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts import selectors as accounts
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move_held
from missingcases.intelligence import deadlines, policies
from missingcases.intelligence.enums import (
    Handling,
    IntelligenceGrade,
    Origin,
    ReportStatus,
    SourceGrade,
    Topic,
    Urgency,
)
from missingcases.intelligence.models import Line, Mention, Report
from missingcases.intelligence.services.common import hold
from missingcases.intelligence.services.sources import source_of
from missingcases.intelligence.states import REPORT
from missingcases.intelligence.words import keys_of
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to
from missingcases.services.common import check_version, not_in_future, refuse

LONGEST, MOST_LINES, MOST_MENTIONS = 4_000, 20, 10


@dataclass(frozen=True, slots=True)
class LineDetails:
    """One line as it is written; what is not known yet stays empty until it is asked to be approved."""

    original: str
    sanitised: str = ""
    source_grade: int | None = None
    intelligence_grade: str = ""
    handling: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What is written of a report beside its lines.

    `source_code` is that of an earlier report by the same source; empty for a source of its own.
    `mentions` are references of further incidents. Where no force is named it is the incident's owner.
    """

    topic: str = Topic.OTHER
    urgency: str = Urgency.ROUTINE
    obtained_at: datetime | None = None
    force_id: int | None = None
    incident_reference: str = ""
    mentions: tuple[str, ...] = ()
    source_code: str = ""
    instructions: str = ""
    review_on: date | None = None


@transaction.atomic
def draft(
    *,
    actor: Actor,
    lines: Sequence[LineDetails],
    details: ReportDetails | None = None,
    origin: str = Origin.STAFF,
    origin_label: str = "",
    origin_id: int | None = None,
    incident_id: int | None = None,
    source_key: str = "",
    submit: bool = False,
) -> Report:
    """Raise a report that waits for its author to finish it, or with `submit` for approval at once.

    A service names the record it was raised from (`origin_label`, `origin_id`), which it has shown to the
    actor; `source_key` names who told it, where several records come from one ("families.Member:12").
    `incident_id` is one that the caller has shown to be visible. Raises `Refused`, `Invalid` by field.
    """
    require(policies.may_write_intelligence(actor))
    details = details or ReportDetails()
    incident = Incident.objects.get(pk=incident_id) if incident_id else _incident(actor, details)
    problems = _problems(details, lines)
    force_id = _force(details, incident, problems)
    mentioned = _mentions(actor, details, problems)
    refuse(problems)
    obtained_at = details.obtained_at or timezone.now()
    key = source_key or (f"{origin_label}:{origin_id}" if origin_id else "")
    report = Report.objects.create(
        organisation_id=actor.organisation_id or 0,
        author_id=actor.user_id,
        force_id=force_id,
        incident=incident,
        topic=details.topic,
        urgency=details.urgency,
        obtained_at=obtained_at,
        source=source_of(actor, code=details.source_code, key=key),
        origin=origin,
        origin_label=origin_label,
        origin_id=origin_id,
        instructions=details.instructions.strip(),
        review_on=details.review_on or deadlines.review_on(obtained_at),
    )
    _write_lines(report, lines)
    Mention.objects.bulk_create(Mention(report=report, incident=one) for one in mentioned)
    audit.record(actor=actor, action="intelligence.drafted", target=report, incident_id=report.incident_id)
    return _submit(actor, report) if submit else report


@transaction.atomic
def edit_report(
    *,
    actor: Actor,
    reference: str,
    lines: Sequence[LineDetails],
    details: ReportDetails,
    version: int | None = None,
    submit: bool = False,
) -> Report:
    """Write a report anew, every line of it, and with `submit` ask for its approval.

    Raises `NotVisible`, `Refused`, `Invalid`, `Conflict`; then nothing is written.
    """
    report = hold(actor, reference)
    require(policies.may_edit(actor, report))
    check_version(report, version, {})
    incident = report.incident if _is_kept(report, details) else _incident(actor, details)
    problems = _problems(details, lines)
    report.force_id = _force(details, incident, problems)
    mentioned = _mentions(actor, details, problems)
    refuse(problems)
    report.incident = incident
    report.topic, report.urgency = details.topic, details.urgency
    report.obtained_at = details.obtained_at or report.obtained_at
    report.instructions = details.instructions.strip()
    report.review_on = details.review_on or report.review_on
    if details.source_code and details.source_code != report.source.code:
        report.source = source_of(actor, code=details.source_code, key="")
    report.version += 1
    report.save()
    report.lines.all().delete()
    _write_lines(report, lines)
    report.mentions.all().delete()
    Mention.objects.bulk_create(Mention(report=report, incident=one) for one in mentioned)
    audit.record(
        actor=actor,
        action="intelligence.edited",
        target=report,
        incident_id=report.incident_id,
        fields=["lines", *asdict(details)],
    )
    return _submit(actor, report) if submit else report


@transaction.atomic
def submit_report(*, actor: Actor, reference: str, version: int | None = None) -> Report:
    """Ask for approval. Raises `NotVisible`, `Refused` while a line is not sanitised and graded."""
    report = hold(actor, reference)
    check_version(report, version, {})
    return _submit(actor, report)


def _submit(actor: Actor, report: Report) -> Report:
    require(policies.may_submit(actor, report))
    return move_held(report, REPORT, ReportStatus.WAITING, actor=actor, changes={"returned_reason": ""})


def _write_lines(report: Report, lines: Sequence[LineDetails]) -> None:
    Line.objects.bulk_create(
        Line(report=report, position=place, **_stripped(line)) for place, line in enumerate(lines, start=1)
    )
    Report.objects.filter(pk=report.pk).update(word_keys=keys_of("\n".join(one.sanitised for one in lines)))


def _stripped(line: LineDetails) -> dict[str, object]:
    plain = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(line).items()}
    if plain["handling"] != Handling.CONDITIONS:
        plain["conditions"] = ""
    return plain


def _is_kept(report: Report, details: ReportDetails) -> bool:
    """Whether the incident named is the one it has: that stays, whatever its writer may see today."""
    return report.incident is not None and report.incident.reference == details.incident_reference.strip()


def _incident(actor: Actor, details: ReportDetails) -> Incident | None:
    reference = details.incident_reference.strip().upper()
    if not reference:
        return None
    found = incidents_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise Invalid({"incident": "You see no incident of this reference. Leave it empty if unsure."})
    return found


def _mentions(actor: Actor, details: ReportDetails, problems: dict[str, str]) -> list[Incident]:
    wanted = sorted({one.strip().upper() for one in details.mentions if one.strip()})
    found = list(incidents_visible_to(actor).filter(reference__in=wanted)) if wanted else []
    missing = set(wanted) - {one.reference for one in found}
    if missing or len(wanted) > MOST_MENTIONS:
        problems["mentions"] = (
            f"You see no incident of the reference {min(missing)}." if missing else "Name ten at most."
        )
    return found


def _force(details: ReportDetails, incident: Incident | None, problems: dict[str, str]) -> int | None:
    """The force named, else the one that owns the incident; a draft may still have none."""
    if details.force_id is None:
        return incident.owner_id if incident else None
    if not accounts.forces().filter(pk=details.force_id).exists():
        problems["force"] = "Choose a force."
    return details.force_id


def _problems(details: ReportDetails, lines: Sequence[LineDetails]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if details.topic not in Topic.values:
        problems["topic"] = "Choose what it is about."
    if details.urgency not in Urgency.values:
        problems["urgency"] = "Choose how urgent it is."
    if len(details.instructions) > LONGEST:
        problems["instructions"] = f"Use {LONGEST:,} characters or fewer."
    not_in_future(problems, obtained_at=details.obtained_at)
    if not lines or len(lines) > MOST_LINES:
        problems["lines"] = f"Write at least one line, and {MOST_LINES} at most."
    for number, line in enumerate(lines, start=1):
        if said := _problem_of(line):
            problems["lines"] = f"Line {number}: {said}"
    return problems


def _problem_of(line: LineDetails) -> str:
    if not line.original.strip():
        return "write what was told, as it was told."
    if max(len(line.original), len(line.sanitised), len(line.conditions)) > LONGEST:
        return f"use {LONGEST:,} characters or fewer."
    if line.handling == Handling.CONDITIONS and not line.conditions.strip():
        return "say the conditions of sharing."
    given = (
        (line.source_grade, (None, *SourceGrade.values)),
        (line.intelligence_grade, ("", *IntelligenceGrade.values)),
        (line.handling, ("", *Handling.values)),
    )
    return "" if all(value in allowed for value, allowed in given) else "choose one of the gradings."
