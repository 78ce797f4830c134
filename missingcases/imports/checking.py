"""Checking one row: every cell by its column, then what the cells say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from foundation.places.selectors import why_not
from foundation.table_files import defused
from missingcases.enums import (
    MISSING_RISKS,
    OPEN,
    SOLE_HARMS,
    IncidentStatus,
    Outcome,
    RiskLevel,
)
from missingcases.imports.columns import Column
from missingcases.imports.rows import BadFile
from missingcases.imports.values import BadValue, printable

# A mended error file comes back with what we put in front of each row.
WRONG = "what_is_wrong"
IGNORED = frozenset({"", "line", WRONG})
OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
OLDEST_PERSON = timedelta(days=round(125 * 365.25))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row; `column` is empty where it is the row as a whole."""

    column: str
    reason: str


Values = dict[str, Any]
Rule = Callable[[Values, datetime], Iterable[Fault]]


def check_header(names: Iterable[str], table: dict[str, Column]) -> None:
    """Raise `BadFile` for a column that the template does not have, or one it needs."""
    given = set(names)
    unknown = sorted(given - set(table) - IGNORED)
    missing = [column.name for column in table.values() if column.required and column.name not in given]
    if unknown:
        raise BadFile(f"The template has no column {', '.join(unknown[:5])}. Remove it or rename it.")
    if missing:
        raise BadFile(f"The file needs the column {', '.join(missing)}.")


def mended(cells: Values) -> Values:
    """The cells of a row; in one of an error file that came back, without the apostrophes put there."""
    if WRONG not in cells:
        return cells
    return {name: _armed(value) if isinstance(value, str) else value for name, value in cells.items()}


def _armed(words: str) -> str:
    return words[1:] if words.startswith("'") and defused(words[1:]) == words else words


def check_row(cells: dict[str, Any], table: dict[str, Column], now: datetime) -> tuple[Values, list[Fault]]:
    """The row's values by column, and what is wrong with it; with a fault the values are not used."""
    found: Values = {}
    faults: list[Fault] = []
    for column in table.values():
        raw = cells.get(column.name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if column.required:
                faults.append(Fault(column.name, "is empty"))
            continue
        try:
            found[column.name] = column.parse(printable(raw))
        except BadValue as bad:
            faults.append(Fault(column.name, str(bad)))
    if not faults:
        faults = [fault for rule in RULES for fault in rule(found, now)]
    return found, faults


def _times(found: Values, now: datetime) -> Iterable[Fault]:
    for name in ("reported_at", "last_seen_at", "located_at", "returned_at", "closed_at"):
        if name in found and found[name] > now:
            yield Fault(name, "lies in the future")
        elif name in found and found[name] < OLDEST:
            yield Fault(name, "lies before 1900")


def _order(found: Values, _now: datetime) -> Iterable[Fault]:
    for earlier, later, words in (
        ("last_seen_at", "located_at", "is before they were last seen"),
        ("last_seen_at", "reported_at", "is before they were last seen"),
        ("located_at", "returned_at", "is before they were located"),
        ("located_at", "closed_at", "is before they were located"),
    ):
        if earlier in found and later in found and found[later] < found[earlier]:
            yield Fault(later, words)


def _person(found: Values, now: datetime) -> Iterable[Fault]:
    born: date | None = found.get("date_of_birth")
    if born is not None and (born > found["reported_at"].date() or born < (now - OLDEST_PERSON).date()):
        yield Fault("date_of_birth", "is no birthday of somebody reported then")
    named = any(found.get(name) for name in ("given_names", "family_name", "aliases", "person_reference"))
    if not named and born is None and "estimated_age" not in found:
        yield Fault("", "Nothing says who is missing: give a name, a date of birth or an age.")


def _open(found: Values, _now: datetime) -> Iterable[Fault]:
    if found["status"] not in OPEN:
        return
    for name in ("located_at", "returned_at", "outcome", "closed_at", "found_by"):
        if name in found:
            yield Fault(name, "does not fit an incident that is still open")


def _closed(found: Values, _now: datetime) -> Iterable[Fault]:
    if found["status"] != IncidentStatus.CLOSED:
        return
    for name in ("located_at", "outcome", "closed_at"):
        if name not in found:
            yield Fault(name, "is needed for a closed incident")


def _risk(found: Values, _now: datetime) -> Iterable[Fault]:
    level = found.get("risk_level", "")
    if found["status"] in {IncidentStatus.MISSING, IncidentStatus.LONG_TERM} and level not in MISSING_RISKS:
        yield Fault("risk_level", "must be low, medium or high for somebody missing")
    if found["status"] == IncidentStatus.ABSENT and level != RiskLevel.NO_APPARENT:
        yield Fault("risk_level", "must be no_apparent for somebody absent")


def _ending(found: Values, _now: datetime) -> Iterable[Fault]:
    if "death_type" in found and found.get("outcome") != Outcome.LOCATED_DECEASED:
        yield Fault("death_type", "fits only the outcome located_deceased")
    harm = found.get("harm", [])
    if len(harm) > 1 and SOLE_HARMS & set(harm):
        yield Fault("harm", "says none or not known beside something else")


def _area(found: Values, _now: datetime) -> Iterable[Fault]:
    day = localdate(found.get("last_seen_at", found["reported_at"]))
    if "last_seen_area" in found and (why := why_not(found["last_seen_area"], on=day)):
        yield Fault("last_seen_area", f"was no area when they were last seen: it {why}")


RULES: tuple[Rule, ...] = (_times, _order, _area, _person, _open, _closed, _risk, _ending)
