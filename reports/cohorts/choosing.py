"""How a cohort is chosen: the answers, kept with the review, and said in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from missingcases.enums import FlagKind, Known, Outcome
from reports.cohorts.enums import AgeGroup

# A review reads every case by hand, twice; more is a matter for figures, or for a sample.
MOST_CASES = 5_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a cohort is chosen by; empty values narrow nothing. `until` is the last day, days in London.

    Of a force the period is when incidents were reported; of the charity, when something of them was released
    to it, and what only the record tells (age, care, flags, outcome, area) is not asked.
    """

    since: date
    until: date
    force_id: int | None = None
    area_id: int | None = None
    age: str = ""
    looked_after: str = ""
    flags: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    incidents_at_least: int = 1
    mentioned: bool = False

    def as_stored(self) -> dict[str, Any]:
        """For a JSON column."""
        return asdict(self) | {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "flags": list(self.flags),
            "outcomes": list(self.outcomes),
        }

    @classmethod
    def from_stored(cls, row: dict[str, Any]) -> Chosen:
        """From a JSON column that `as_stored` wrote."""
        days = {name: date.fromisoformat(row[name]) for name in ("since", "until")}
        many = {name: tuple(row[name]) for name in ("flags", "outcomes")}
        return cls(**row | days | many)


def in_words(chosen: Chosen, *, of_charity: bool, force: str = "", area: str = "") -> list[tuple[str, str]]:
    """Each answer with its question, for pages and for the file."""
    period = f"{_day(chosen.since)} to {_day(chosen.until)}"
    said = [("Released to us" if of_charity else "Reported", period)]
    said += [("Force", force)] if force else []
    said += [("Last seen in", area)] if area else []
    said += [("Age at report", AgeGroup(chosen.age).label)] if chosen.age else []
    said += [("Looked after", Known(chosen.looked_after).label)] if chosen.looked_after else []
    if chosen.flags:
        said.append(("Any of these flags", ", ".join(FlagKind(one).label for one in chosen.flags)))
    if chosen.outcomes:
        said.append(("Outcome", ", ".join(Outcome(one).label for one in chosen.outcomes)))
    if chosen.incidents_at_least > 1:
        said.append(("Incidents of the person among these", f"{chosen.incidents_at_least} or more"))
    if chosen.mentioned:
        said.append(("Only where", "a note has a word of the concept lists, denied or not"))
    return said


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
