"""Below which numbers a reader is told nothing, and of which periods (domain.md sections 6 and 9, P).

One to four of police records, for whoever does not hold them; none is told, as it is about nobody. Below ten
of what was taken up in confidence, none as well, for everybody but the charity; of whole forces and of years
that are over alone, since two periods that overlap, and two looks at a year that runs, tell their difference.
For the same reason whoever does not hold the police records is told those of an area, of a period that is no
whole year, and of all forces together, to the nearest five, and of all forces what is in confidence to the
nearest ten (ADR 121).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from reports.periods import Period
from reports.policies import sees_small_numbers
from reports.scope import Scope

FEWEST_RECORDS, FEWEST_CONFIDENTIAL = 5, 10
STEP = 5
SETTLES_IN = timedelta(days=31)
NOT_TOLD = "Told of whole forces, and of a year from a month after its end"


@dataclass(frozen=True, slots=True)
class Rules:
    """Below what a reader is told nothing (0: everything), and whether they are told of confidential ones.

    Numbers of police records are told to the nearest `step`, of months within the period to `months_step`;
    confidential ones to the nearest `confidential_step`.
    """

    records: int
    confidential: int
    tells_confidential: bool
    step: int = 1
    confidential_step: int = 1

    @property
    def months_step(self) -> int:
        """As no month is a year."""
        return STEP if self.records else 1

    @property
    def as_kept(self) -> bool:
        """Whether confidential numbers are those that were counted once, so that no later look differs."""
        return self.confidential > 0 and self.tells_confidential


def rules_for(actor: Actor, scope: Scope, period: Period) -> Rules:
    """The rules for this reader, this scope and this period, today."""
    is_charity = actor.organisation_kind == OrganisationKind.CHARITY
    code = period.code
    is_year = code.startswith("FY") or code.isdigit()
    is_over = period.end + SETTLES_IN <= timezone.localdate()
    is_theirs = sees_small_numbers(actor, scope)
    return Rules(
        records=0 if is_theirs else FEWEST_RECORDS,
        confidential=0 if is_charity else FEWEST_CONFIDENTIAL,
        tells_confidential=is_charity or (is_year and is_over and scope.area_id is None),
        step=1 if is_theirs else year_step(scope) if is_year and scope.area_id is None else STEP,
        confidential_step=FEWEST_CONFIDENTIAL if scope.force_id is None and not is_charity else 1,
    )


def year_step(scope: Scope) -> int:
    """To the nearest what numbers of police records of a year are told, to whoever does not hold them.

    Those of all forces less those of the others would be those of one force, however small.
    """
    return STEP if scope.force_id is None else 1


def to_nearest(count: int, step: int) -> int:
    """The multiple of `step` that is nearest: of halves the larger."""
    return (count + step // 2) // step * step
