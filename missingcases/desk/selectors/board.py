"""The duty desk of an organisation: what is new, at high risk, due, offered, and a threat to life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.enums import POLICE, RECORD_READERS, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.contributions import DeskPart, desk_for
from missingcases import selectors as cases
from missingcases.desk.models import Notice
from missingcases.desk.selectors.notices import open_notices
from missingcases.enums import OPEN, RiskLevel
from missingcases.models import AudienceRow, Incident, Release, Transfer
from missingcases.policies import SEES_RECORD, principals_of, standings

SHOWN = 30
REVIEWS_AHEAD = timedelta(hours=4)
NEW_TO_OTHERS = timedelta(hours=24)
# Review clocks of the police are the police's; others are told of no reviews.


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `name` is empty where the reader knows the incident by a release alone.

    Where there is a `url`, the row is of what the words say, and leads there; it may be of no incident.
    """

    incident: Incident | None
    name: str = ""
    words: str = ""
    at: datetime | None = None
    due_at: datetime | None = None
    anchor: str = ""
    notice: Notice | None = None
    subject: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        """What tells this row from every other on the page; ids only."""
        return f"{self.anchor}-{self.incident.pk if self.incident else 0}-{self.subject}"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the desk: at most `SHOWN` lines, and whether there are more."""

    key: str
    title: str
    empty: str
    lines: tuple[Line, ...] = field(default=())
    more: bool = False


def board(actor: Actor) -> list[Section]:
    """Every part of the desk that `actor`'s roles have. Reads; the caller records that it was read."""
    sections = [_new(actor)]
    if actor.holds(RECORD_READERS):
        sections.append(_high(actor))
    if actor.holds(POLICE | {Role.CHARITY_MANAGER}):
        sections.append(_threats(actor))
    sections += [_of_service(part) for part in desk_for(actor, SHOWN + 1)]
    if actor.holds(POLICE):
        sections.append(_reviews(actor))
    if actor.holds(SUPERVISORS):
        sections.append(_handovers(actor))
    return sections


def ids_on(sections: Iterable[Section]) -> list[int]:
    """The incidents that the sections tell of, each once."""
    return sorted({line.incident.pk for section in sections for line in section.lines if line.incident})


def facts_of(sections: Iterable[Section]) -> str:
    """What the sections say, without how long ago: equal where a reader would see nothing new."""
    told = [(section.key, section.more, [_facts(line) for line in section.lines]) for section in sections]
    return repr(told)


def _facts(line: Line) -> tuple[object, ...]:
    incident = line.incident
    told = (line.notice.cause, line.notice.supervisor_told_at) if line.notice else ()
    seen = (
        (incident.status, incident.risk_level, incident.is_restricted, incident.age_at_report)
        if incident
        else ()
    )
    return (line.key, line.name, line.words, line.at, line.due_at, *seen, *told)


def _section(key: str, title: str, empty: str, lines: Sequence[Line]) -> Section:
    return Section(key, title, empty, tuple(lines[:SHOWN]), len(lines) > SHOWN)


def _new(actor: Actor) -> Section:
    if actor.holds(POLICE):
        lines = _calls(actor)
        return _section("new", "New: acknowledge", "Nothing waits to be acknowledged.", lines)
    lines = _newly_shown(actor)
    return _section("new", "New in the last day", "Nothing new in the last day.", lines)


def _calls(actor: Actor) -> list[Line]:
    rows = open_notices().filter(
        organisation_id=actor.organisation_id or 0, incident__in=cases.records_visible_to(actor)
    )
    rows = rows.select_related("incident__person").order_by("-raised_at", "-pk")
    return [
        Line(
            notice.incident,
            notice.incident.person.full_name,
            notice.get_cause_display(),
            notice.raised_at,
            notice.escalate_at if notice.incident.risk_level == RiskLevel.HIGH else None,
            "new",
            notice,
            str(notice.pk),
        )
        for notice in rows[: SHOWN + 1]
    ]


def _newly_shown(actor: Actor) -> list[Line]:
    """What others were let know of lately: by a release, or as the authority concerned."""
    rows = AudienceRow.objects.filter(
        principal__in=principals_of(actor),
        revoked_at__isnull=True,
        is_open=True,
        granted_at__gte=timezone.now() - NEW_TO_OTHERS,
    ).select_related("incident__person")
    seen: dict[int, AudienceRow] = {}
    for row in rows.order_by("-granted_at", "-pk")[: 2 * SHOWN]:
        seen.setdefault(row.incident_id, row)
    known = _by_record(actor, seen)
    return [
        Line(
            row.incident,
            row.incident.person.full_name if row.incident_id in known else "",
            "Shown to you",
            row.granted_at,
            anchor="new",
        )
        for row in seen.values()
    ]


def _by_record(actor: Actor, ids: Iterable[int]) -> set[int]:
    held = standings(actor, list(ids))
    return {incident_id for incident_id, standing in held.items() if standing & SEES_RECORD}


def _high(actor: Actor) -> Section:
    rows = cases.records_visible_to(actor).filter(status__in=sorted(OPEN), risk_level=RiskLevel.HIGH)
    found = _with_people(rows).order_by("-reported_at", "-pk")[: SHOWN + 1]
    lines = [Line(row, row.person.full_name, "Reported", row.reported_at, anchor="high") for row in found]
    return _section("high", "High risk", "Nobody at high risk is missing.", lines)


def _with_people(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    return rows.select_related("person")


def _reviews(actor: Actor) -> Section:
    rows = cases.reviews_due(actor).filter(due_at__lte=timezone.now() + REVIEWS_AHEAD)
    lines = [
        Line(
            clock.incident,
            clock.incident.person.full_name,
            clock.get_kind_display(),
            due_at=clock.due_at,
            anchor="review",
            subject=str(clock.pk),
        )
        for clock in rows[: SHOWN + 1]
    ]
    return _section("reviews", "Reviews due", "No review is due within four hours.", lines)


def _handovers(actor: Actor) -> Section:
    offered = list(cases.transfers_to_answer(actor)[: SHOWN + 1])
    waiting = list(cases.transfers_unanswered(actor)[: SHOWN + 1])
    lines = [_offer(row, f"From {row.from_organisation.name}") for row in offered]
    lines += [_offer(row, f"To {row.to_organisation.name}, not answered") for row in waiting]
    return _section("handovers", "Handovers to answer", "No handover waits.", lines)


def _of_service(part: DeskPart) -> Section:
    """What a service puts on the desk, by the incidents it is about."""
    incidents = Incident.objects.in_bulk({line.incident_id for line in part.lines if line.incident_id})
    lines = [
        Line(
            incidents[line.incident_id] if line.incident_id else None,
            words=line.words,
            due_at=line.due_at,
            anchor=part.key,
            subject=line.subject,
            url=line.url,
        )
        for line in part.lines
    ]
    return _section(part.key, part.title, part.empty, lines)


def _offer(row: Transfer, words: str) -> Line:
    return Line(row.incident, "", words, due_at=row.answer_by, anchor="offer", subject=str(row.pk))


def _threats(actor: Actor) -> Section:
    rows: list[Release] = []
    if actor.holds(POLICE):
        rows += cases.unacknowledged(actor)[: SHOWN + 1]
    if actor.holds({Role.CHARITY_MANAGER}):
        rows += cases.threats_unanswered(actor)[: SHOWN + 1]
    lines = [
        Line(
            row.incident,
            words="Not acknowledged",
            due_at=row.acknowledge_by,
            anchor="threat",
            subject=row.reference,
        )
        for row in rows
        if row.incident is not None  # the board is of incidents; the others stand in the list of releases
    ]
    title = "Threats to life not acknowledged"
    return _section("threats", title, "Every threat to life is acknowledged.", lines)
