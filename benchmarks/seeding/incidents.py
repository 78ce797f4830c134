"""One incident as the services leave it: from the report to where it stands now. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from benchmarks.seeding.forces import Force
from benchmarks.seeding.spread import FINDERS, HARMS, PLACES, RISKS, Drawn
from missingcases.deadlines import age_at
from missingcases.enums import OPEN, RISK_RANK, AudienceKind, IncidentStatus
from missingcases.policies import organisation_principal, user_principal

COLUMNS = (
    "person_id", "owner_id", "owner_officer_id", "force_reference", "cad_reference", "scheme", "status",
    "risk_level", "reported_at", "last_seen_at", "last_seen_place", "age_at_report", "looked_after",
    "placing_authority_id", "host_authority_id", "located_at", "found_by", "returned_at", "disclose_location",
    "outcome", "harm", "place_found", "distance_km", "closed_at", "is_restricted", "version", "created_by_id",
    "created_at", "updated_at", "cancel_reason",
)  # fmt: skip
_RISKS, _FINDERS, _HARMS, _PLACES = map(Drawn, (RISKS, FINDERS, HARMS, PLACES))
_WHERE = ("High Street", "the bus station", "home", "the park", "the leisure centre", "school", "a friend's")
_SCHEME = "app_current"
_AUTHORITIES = (AudienceKind.PLACING_AUTHORITY, AudienceKind.HOST_AUTHORITY)
RESTRICTED, CARE, CANCELLED = 0.002, 0.3, 0.02


@dataclass(frozen=True, slots=True)
class Born:
    """When somebody was born, or how old they were thought to be on a day."""

    day: date | None
    age_thought: int | None
    thought_on: date | None

    def age(self, at: datetime) -> int | None:
        """Their age then."""
        return age_at(
            at, date_of_birth=self.day, estimated_age=self.age_thought, estimated_on=self.thought_on
        )


@dataclass(slots=True)
class Written:
    """The columns of the row, and what stands beside it."""

    columns: tuple[object, ...]
    status: str
    risk: str
    updated_at: datetime
    grants: list[tuple[str, str, int, int | None]]
    scheme: str = _SCHEME
    category: str = ""
    graded_at: datetime | None = None
    located_at: datetime | None = None
    found_by: str = ""
    clocks: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether the person is still to be found."""
        return self.status in OPEN

    @property
    def risk_rank(self) -> int:
        """As the audience row keeps it."""
        return RISK_RANK[self.risk]


@dataclass(slots=True)
class _Course:
    """How far it has come by now."""

    status: str
    risk: str = ""
    category: str = ""
    graded_at: datetime | None = None
    located_at: datetime | None = None
    returned_at: datetime | None = None
    interviewed_at: datetime | None = None
    closed_at: datetime | None = None
    moves: int = 1
    cancel_reason: str = ""
    outcome: str = ""
    ended_at: datetime | None = None


def write_up(
    chance: random.Random, force: Force, who: Born, at: datetime, missing_for: timedelta, now: datetime,
    *, number: int, is_child: bool,
) -> Written:  # fmt: skip
    """One incident reported at `at` of somebody who was, or will be, missing for so long."""
    course = _course(chance, at, missing_for, now, is_child=is_child)
    council = (
        chance.choice(force.authorities) if is_child and force.authorities and _often(chance, CARE) else None
    )
    restricted = _often(chance, RESTRICTED)
    found = course.located_at is not None
    closed = course.closed_at is not None
    asked = course.interviewed_at is not None
    updated = max(
        moment
        for moment in (at, course.graded_at, course.located_at, course.returned_at, course.interviewed_at,
                       course.closed_at, course.ended_at)
        if moment is not None
    )  # fmt: skip
    finder = _FINDERS.by(chance) if found else ""
    columns = (
        force.pk, force.officer_id, f"{force.code[:3].upper()}/{number}", f"CAD {number % 9973}/{at:%d%b%y}",
        _SCHEME, course.status, course.risk, at, at - timedelta(minutes=chance.randrange(15, 600)),
        f"{chance.choice(_WHERE)}, {force.code}", who.age(at), "yes" if council else "no" if is_child else
        "not_known", council, council, course.located_at, finder, course.returned_at,
        "safe_and_well_message_only" if asked else "", course.outcome, [_HARMS.by(chance)] if asked else [],
        _PLACES.by(chance) if closed else "", _distance(chance) if closed else None, course.closed_at,
        restricted, course.moves, force.officer_id, at, updated, course.cancel_reason,
    )  # fmt: skip
    return Written(
        columns=columns, status=course.status, risk=course.risk, updated_at=updated,
        grants=_grants(force, council, restricted=restricted), category=course.category,
        graded_at=course.graded_at, located_at=course.located_at, found_by=finder,
        clocks=_clocks(course),
    )  # fmt: skip


def _course(
    chance: random.Random, at: datetime, missing_for: timedelta, now: datetime, *, is_child: bool
) -> _Course:
    risk = _RISKS.by(chance)
    absent = risk == "no_apparent"
    graded = at + timedelta(minutes=chance.randrange(10, 60))
    course = _Course(IncidentStatus.REPORTED)
    if _often(chance, CANCELLED) and at + timedelta(hours=2) < now:
        return _Course(
            IncidentStatus.CANCELLED, moves=2, cancel_reason="recorded_in_error", outcome="cancelled",
            ended_at=at + timedelta(hours=2), closed_at=at + timedelta(hours=2),
        )  # fmt: skip
    found = at + missing_for
    if graded < min(now, found):
        course.status = course.category = IncidentStatus.ABSENT if absent else IncidentStatus.MISSING
        course.risk, course.graded_at, course.moves = risk, graded, 2
    if found < now:
        _found(course, found, now)
    return course


def _found(course: _Course, found: datetime, now: datetime) -> None:
    course.status, course.located_at, course.moves = IncidentStatus.LOCATED, found, course.moves + 1
    steps = [found + timedelta(minutes=minutes) for minutes in (30, 300, 900)]
    if steps[0] < now:
        course.returned_at, course.moves = steps[0], course.moves + 1
    if steps[1] < now:
        course.status, course.interviewed_at = IncidentStatus.PREVENTION_DONE, steps[1]
        course.moves += 1
    if steps[2] < now:
        course.status, course.closed_at, course.outcome = IncidentStatus.CLOSED, steps[2], "located_alive"
        course.moves += 1


def _clocks(course: _Course) -> dict[str, datetime]:
    """The reviews that run while it is open."""
    if course.graded_at is None or course.located_at is not None:
        return {}
    if course.category == IncidentStatus.ABSENT:
        return {"absent": course.graded_at + timedelta(hours=6)}
    first = {"low": ("low", 24), "medium": ("supervisor", 4), "high": ("supervisor", 1)}[course.risk]
    return {first[0]: course.graded_at + timedelta(hours=first[1])}


def _grants(force: Force, council: int | None, *, restricted: bool) -> list[tuple[str, str, int, int | None]]:
    """The rows that `services.audience` would write: kind, key, organisation, person."""
    if restricted:
        who = user_principal(force.officer_id, force.pk)
        return [(AudienceKind.NAMED, who, force.pk, force.officer_id)]
    found: list[tuple[str, str, int, int | None]] = [
        (AudienceKind.OWNER, organisation_principal(force.pk), force.pk, None)
    ]
    if council is not None:
        key = organisation_principal(council)
        found += [
            (kind, key, council, None)
            for kind in (AudienceKind.PLACING_AUTHORITY, AudienceKind.HOST_AUTHORITY)
        ]
    return found


def _often(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _distance(chance: random.Random) -> str:
    """Lognormal with a median of five kilometres."""
    return f"{min(chance.lognormvariate(1.6, 1.1), 900):.1f}"
