"""What the law makes possible for a family, when, and in which nation. Data, to be checked by a lawyer.

A signpost tells that something exists and where to ask; it is no advice. Source: domain.md section 7
(guardianship once missing 90 days; presumption of death where thought dead, or after 7 years; "Scotland
and Northern Ireland differ").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from families.deadlines import months_on
from families.enums import Nation

TO_BE_CHECKED = "The law changes: check it before you rely on it, and point to legal advice."


@dataclass(frozen=True, slots=True)
class Post:
    """One signpost: from when it may be of use, counted from when they were last seen."""

    title: str
    words: str
    days: int = 0
    years: int = 0

    def due_on(self, missing_since: date) -> date:
        """The day from which it may be of use."""
        if self.years:
            return months_on(missing_since, 12 * self.years)
        return missing_since + timedelta(days=self.days)


_SEVEN_YEARS = (
    "A court can be asked to declare that somebody is presumed dead once they have not been known to be "
    "alive for seven years, or earlier where they are thought to have died."
)
OF_NATION: Mapping[Nation, Mapping[str, Post]] = {
    Nation.ENGLAND_WALES: {
        "guardianship": Post(
            "Guardianship of their affairs",
            "Once somebody has been missing for 90 days, the High Court can appoint a guardian who looks "
            "after their property and money: for up to four years, and again after that.",
            days=90,
        ),
        "presumption_of_death": Post("Presumption of death", _SEVEN_YEARS, years=7),
    },
    Nation.SCOTLAND: {
        "judicial_factor": Post(
            "A judicial factor",
            "Guardianship as in England and Wales does not exist here. A court can appoint a judicial "
            "factor to look after property.",
            days=90,
        ),
        "presumption_of_death": Post("Declarator of death", _SEVEN_YEARS, years=7),
    },
    Nation.NORTHERN_IRELAND: {
        "affairs": Post(
            "Looking after their affairs",
            "Guardianship as in England and Wales does not apply here. A solicitor can say what can be "
            "done about property and money.",
            days=90,
        ),
        "presumption_of_death": Post("Presumption of death", _SEVEN_YEARS, years=7),
    },
}


def posts_of(nation: str) -> Mapping[str, Post]:
    """The signposts of a nation, by key."""
    return OF_NATION[Nation(nation)]
