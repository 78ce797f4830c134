"""The vocabularies a force may follow: which categories and levels there are, and what they are called.

ACPO 2013 knew missing and absent; from 2015-16 an absence is "no apparent risk"; today's practice
says "very low risk" (domain.md section 1, [10-12]). Codes stay the same, so that history compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from missingcases.enums import IncidentStatus, RiskLevel, Scheme


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What one scheme calls things. A level or category that is not named is not allowed."""

    categories: dict[str, str]
    levels: dict[str, str]


_RISKS: dict[str, str] = {
    RiskLevel.LOW: "Low risk",
    RiskLevel.MEDIUM: "Medium risk",
    RiskLevel.HIGH: "High risk",
}

VOCABULARIES: dict[str, Vocabulary] = {
    Scheme.ACPO2013: Vocabulary(
        categories={IncidentStatus.ABSENT: "Absent", IncidentStatus.MISSING: "Missing"},
        levels={RiskLevel.NO_APPARENT: "Absent", **_RISKS},
    ),
    Scheme.APP2016: Vocabulary(
        categories={IncidentStatus.ABSENT: "No apparent risk (absent)", IncidentStatus.MISSING: "Missing"},
        levels={RiskLevel.NO_APPARENT: "No apparent risk", **_RISKS},
    ),
    Scheme.APP_CURRENT: Vocabulary(
        categories={IncidentStatus.ABSENT: "Very low risk", IncidentStatus.MISSING: "Missing"},
        levels={RiskLevel.NO_APPARENT: "Very low risk", **_RISKS},
    ),
}
# A force that has recorded no scheme follows today's practice.
DEFAULT = Scheme.APP_CURRENT


def vocabulary(scheme: str) -> Vocabulary:
    """The words of `scheme`; raises KeyError for an unknown one."""
    return VOCABULARIES[scheme]


def allows_absent(scheme: str) -> bool:
    """Whether `scheme` has a category for an absence without apparent risk."""
    return IncidentStatus.ABSENT in vocabulary(scheme).categories


def risk_label(scheme: str, level: str) -> str:
    """What `scheme` calls `level`; an ungraded report says so."""
    return vocabulary(scheme).levels.get(level, "Not graded yet")


def status_label(scheme: str, status: str) -> str:
    """What `scheme` calls `status`."""
    return vocabulary(scheme).categories.get(status, str(IncidentStatus(status).label))


def in_force(periods: Iterable[tuple[date, str]], day: date) -> str:
    """The scheme in force on `day` among (first day, scheme) periods."""
    started = [period for period in periods if period[0] <= day]
    return max(started)[1] if started else DEFAULT
