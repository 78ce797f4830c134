"""Bringing intelligence reports to where a test begins, by the same verbs people use."""

from __future__ import annotations

from typing import Any

from foundation.actors import Actor
from missingcases.agreements.models import Agreement
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.intelligence import services as intelligence
from missingcases.intelligence import telling
from missingcases.intelligence.models import Report
from tests.cast import Member
from tests.missingcases import releasing

TOLD = "My mate Sasha from work says they pick girls up in a white van, AB12 CDE, behind the Aldi."
READ = "Girls are picked up in a white van, AB12 CDE, behind a supermarket in Peckham."


def line(**given: Any) -> intelligence.LineDetails:
    """One line that is whole."""
    values = {
        "original": TOLD,
        "sanitised": READ,
        "source_grade": 2,
        "intelligence_grade": "C",
        "handling": "P",
    }
    return intelligence.LineDetails(**values | given)


def drafted(author: Actor, *lines: intelligence.LineDetails, **given: Any) -> Report:
    """A report that its author has begun."""
    said = {name: given.pop(name) for name in list(given) if name in _DETAILS}
    details = intelligence.ReportDetails(**{"topic": "cse"} | said)
    return intelligence.draft(actor=author, lines=lines or (line(),), details=details, **given)


_DETAILS = tuple(intelligence.ReportDetails.__dataclass_fields__)


def waiting(author: Actor, *lines: intelligence.LineDetails, **given: Any) -> Report:
    """A report that waits for somebody else's approval."""
    return drafted(author, *lines, submit=True, **given)


def approved(author: Actor, manager: Actor, *lines: intelligence.LineDetails, **given: Any) -> Report:
    """A report that a manager has approved and not sent."""
    report = waiting(author, *lines, **given)
    return intelligence.approve_report(actor=manager, reference=report.reference)


def sent(author: Actor, manager: Actor, *lines: intelligence.LineDetails, **given: Any) -> Report:
    """A report that is with the force."""
    report = approved(author, manager, *lines, **given)
    return intelligence.send_report(actor=manager, reference=report.reference)


def agreement(sender: Member, receiver: Member, **more: Any) -> Agreement:
    """An agreement in force for all that an intelligence report carries."""
    given = {"lawful_bases": [LawfulBasis.SAFEGUARDING, LawfulBasis.VITAL_INTERESTS]}
    return releasing.agreement(sender, receiver, ReleaseKind.INTELLIGENCE, *telling.NAMES, **given | more)
