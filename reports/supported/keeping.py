"""What was taken up in confidence in a year that is over, counted once.

Whoever could count it again after a change (an incident that is handed over, or opened again) would learn by
the difference what that one incident had.
"""

from __future__ import annotations

from itertools import combinations

from django.utils import timezone

from reports.cells import reading
from reports.cells.families import BY_NAME
from reports.cells.reading import Counts
from reports.periods import Period
from reports.supported.delivered import ORDER
from reports.supported.models import KeptYear

TOGETHER = "closures_by_services_together"
FAMILIES = (TOGETHER, "interviews", "textsafe_sent", "family_members")
_STAGES = ("owed", "offered", "accepted", "in_time")
_SETS = tuple("+".join(one) for number in range(len(ORDER) + 1) for one in combinations(ORDER, number))
_ORIGINS = tuple(next(one.words for one in BY_NAME["textsafe_sent"].dimensions if one.name == "origin"))
_KEPT: tuple[tuple[str, str], ...] = (
    *((TOGETHER, one) for one in _SETS),
    *(("interviews", one) for one in _STAGES),
    *(("textsafe_sent", one) for one in _ORIGINS),
    ("family_members", ""),
)


def as_kept(period: Period, force_id: int | None) -> Counts:
    """The counts of a year as they stood when they were first asked for."""
    of = {"start": period.start, "end": period.end, "force_id": force_id}
    row = KeptYear.objects.filter(**of).first()
    if row is None:
        found = _counted(period, force_id)
        row, _ = KeptYear.objects.get_or_create(
            **of, defaults={"counts": found, "counted_at": timezone.now()}
        )
    return Counts(
        {
            (family, _values(family, value), None): row.counts.get(_name(family, value), 0)
            for family, value in _KEPT
        }
    )


def _counted(period: Period, force_id: int | None) -> dict[str, int]:
    found = reading.counts(FAMILIES, period=period, force_id=force_id)
    by = {
        TOGETHER: found.by(TOGETHER, "services"),
        "interviews": found.by("interviews", "stage"),
        "textsafe_sent": found.by("textsafe_sent", "origin"),
    }
    return {
        _name(family, value): by[family].get(value, 0) if family in by else found.total(family)
        for family, value in _KEPT
    }


def _name(family: str, value: str) -> str:
    return f"{family}:{value}"


def _values(family: str, value: str) -> tuple[str, ...]:
    """As the family declares its dimensions; of what age a text's reader is, no kept count says."""
    return ("", value) if family == "textsafe_sent" else (value,)
