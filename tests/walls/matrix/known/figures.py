"""Figures that were kept are for whoever reads figures, of the organisation that asked. A review is for its
people; what is looked for and coded, for those who review.
"""

from __future__ import annotations

from foundation.accounts.enums import INSPECTORS, Role
from tests.walls.matrix.knowing import Known, May

READERS = INSPECTORS | {Role.POLICE_COORDINATOR, Role.CHARITY_MANAGER, Role.NATIONAL_UNIT}
REVIEWERS = INSPECTORS | {Role.POLICE_COORDINATOR, Role.CHARITY_MANAGER, Role.CHARITY_CASEWORKER}


def _of(review: str) -> tuple[May, ...]:
    people = ("lead", "first_reader", "second_reader")
    at = f"{review}." if review else ""
    return tuple(May(f"{at}organisation", REVIEWERS, only=f"{at}{one}") for one in people)


KNOWN_TO: Known = {
    "reports.Snapshot": (May("organisation", READERS),),
    "cohorts.ConceptList": (May("organisation", REVIEWERS),),
    "cohorts.ListVersion": (May("concept_list.organisation", REVIEWERS),),
    "cohorts.CodeBook": (May("organisation", REVIEWERS),),
    "cohorts.BookVersion": (May("book.organisation", REVIEWERS),),
    "cohorts.Theme": (May("book.organisation", REVIEWERS),),
    "cohorts.Review": _of(""),
    "cohorts.Reading": _of("case.review"),
    "cohorts.Decision": _of("case.review"),
}
