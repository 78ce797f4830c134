"""How one incident goes, from the report to where it stands at the end of the data. Pure."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from missingcases.deadlines import age_at
from missingcases.made.episodes import Drawn
from missingcases.made.frame import Case, Force, Person, hours, often
from missingcases.made.people import BARRING
from missingcases.made.stated import (
    CANCELLED,
    DEATH_TYPES,
    DEATHS,
    FINDERS,
    HARMS,
    MEDIAN_KM,
    OUTCOMES,
    PLACES,
    RESTRICTED,
    RISKS,
    TRANSFERRED,
)
from missingcases.made.stated import Drawn as Weighed

_RISKS, _FINDERS, _HARMS = Weighed(RISKS), Weighed(FINDERS), Weighed(HARMS)
_PLACES, _OUTCOMES, _DEATHS = Weighed(PLACES), Weighed(OUTCOMES), Weighed(DEATH_TYPES)
# Who may not be absent is at some other risk: the others are absent so much the more.
_ABSENT_AGAIN = 0.034
_UPGRADED, _LOWERED = 0.09, 0.03
_PLACE_OF = {
    "located_hospital": "hospital",
    "located_custody": "custody",
    "located_abroad": "abroad",
    "located_deceased": "open_land",
}
_LOWER = {"low": "no_apparent", "medium": "low", "high": "medium"}
YEAR = timedelta(days=366)


def begin(chance: random.Random, who: Person, forces: list[Force], drawn: Drawn, index: int) -> Case:
    """The report of somebody who is not where they should be: the episode of that index."""
    reported = datetime.fromtimestamp(int(drawn.at[index]), UTC)
    age = age_at(reported, date_of_birth=who.born, estimated_age=who.age_thought, estimated_on=who.thought_on)
    is_child = who.is_child if age is None else age < 18
    districts = who.force.districts
    cared = is_child and who.is_cared_for and bool(districts)
    before, after = int(drawn.previous[index]), int(drawn.following[index])
    case = Case(
        index + 1, who, int(drawn.nth[index]), before + 1 if before >= 0 else None,
        after + 1 if after >= 0 else None,
        datetime.fromtimestamp(int(drawn.at[after]), UTC) if after >= 0 else None,
        bool(drawn.third[index]), reported,
        reported - timedelta(minutes=chance.randrange(15, 600)), age, is_child,
        authority_id=districts[who.district][1] if cared else None,
        host_id=districts[who.placed_in][1] if cared else None,
        area_id=districts[who.placed_in][0] if districts else who.force.area_id,
        is_restricted=often(chance, RESTRICTED),
    )  # fmt: skip
    if len(forces) > 1 and not case.is_restricted and often(chance, TRANSFERRED):
        other = forces[chance.randrange(len(forces))]
        case.came_from = other if other.pk != who.force.pk else None
    return case


def lead(chance: random.Random, case: Case, missing_for: timedelta, end: datetime) -> Case:
    """Let it run until it is over or the data end."""
    if often(chance, CANCELLED) and case.reported_at + timedelta(hours=3) < end:
        _cancel(chance, case)
        return case
    found = case.reported_at + missing_for
    _grade(chance, case, min(found, end))
    if found < end:
        _find(chance, case, found, end)
    elif end - case.reported_at > YEAR and case.status == "missing":
        case.status, case.long_term_at = "long_term", case.reported_at + YEAR
        case.moves += 1
    return case


def _cancel(chance: random.Random, case: Case) -> None:
    case.status, case.outcome, case.moves = "cancelled", "cancelled", 2
    case.closed_at = case.reported_at + hours(chance, 0.3, 2.5)
    case.cancel_reason = "not_missing" if often(chance, 0.4) else "recorded_in_error"
    if case.previous is not None and often(chance, 0.5):
        case.cancel_reason, case.duplicate_of = "duplicate", case.previous


def _grade(chance: random.Random, case: Case, until: datetime) -> None:
    at = case.reported_at + timedelta(seconds=chance.randrange(600, 3600))
    if at >= until:
        return
    risk = _risk(chance, case)
    change = case.reported_at + hours(chance, 1.5, 48)
    first = risk
    if change < until:
        if risk != "no_apparent" and often(chance, _UPGRADED):
            first = _LOWER[risk]
        elif risk in ("low", "medium") and often(chance, _LOWERED):
            first = {"low": "medium", "medium": "high"}[risk]
    if first == "no_apparent" and _barred(case):
        first = "low"
    levels = [(at, first)] + ([(change, risk)] if first != risk else [])
    case.gradings = [
        (when, "absent" if level == "no_apparent" else "missing", level) for when, level in levels
    ]
    case.status, case.risk = case.gradings[-1][1], risk
    case.moves += len(levels)
    if first == "no_apparent" and often(chance, 0.4):
        case.review_agreed_at = at + hours(chance, 1, 5)


def _barred(case: Case) -> bool:
    return any(kind in BARRING and status != "ruled_out" for kind, status in case.who.flags)


def _risk(chance: random.Random, case: Case) -> str:
    if not _barred(case):
        return "no_apparent" if often(chance, _ABSENT_AGAIN) else _RISKS.by(chance)
    while (risk := _RISKS.by(chance)) == "no_apparent":
        continue
    return risk


def _find(chance: random.Random, case: Case, found: datetime, end: datetime) -> None:
    case.status, case.located_at, case.found_by = "located", found, _FINDERS.by(chance)
    case.moves += 1
    if often(chance, DEATHS[case.risk or "low"]):
        _found_dead(chance, case, found, end)
        return
    outcome = _OUTCOMES.by(chance)
    back = found + hours(chance, 0.2, 3)
    if back < end and outcome == "located_alive":
        case.returned_at, case.moves = back, case.moves + 1
    talked = back + hours(chance, 0.5, 20)
    if talked >= end:
        return
    case.status, case.interviewed_at, case.moves = "prevention_done", talked, case.moves + 1
    case.harm = ("not_known",) if often(chance, 0.01) else (_HARMS.by(chance),)
    case.disclose = "no" if often(chance, 0.05) else "yes" if case.is_child else "safe_and_well_message_only"
    closed = talked + hours(chance, 1, 72)
    if closed < end:
        _close(chance, case, closed, outcome)


def _found_dead(chance: random.Random, case: Case, found: datetime, end: datetime) -> None:
    case.found_by = "police" if often(chance, 0.6) else "member_of_public"
    known = found + hours(chance, 6, 120)
    if known >= end:
        return
    case.identified_at, case.death_type = known, _DEATHS.by(chance)
    case.harm = ("other",)
    _close(chance, case, known, "located_deceased")


def _close(chance: random.Random, case: Case, at: datetime, outcome: str) -> None:
    case.status, case.closed_at, case.outcome, case.moves = "closed", at, outcome, case.moves + 1
    case.place_found = _PLACE_OF.get(outcome) or _PLACES.by(chance)
    kilometres = min(MEDIAN_KM * chance.lognormvariate(0, 1.1), 900.0)
    case.distance_km = f"{kilometres:.1f}" if often(chance, 0.93) else None
