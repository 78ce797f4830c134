"""What the core itself contributes to made data: the incident, its work and what was released of it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from foundation.sheets import Sheet
from missingcases.deadlines import ReviewLine
from missingcases.made import incident_rows, releases, work_rows
from missingcases.made.frame import Ask, Case, Pages, Service, Writes
from missingcases.made.measures import MEASURES
from missingcases.made.work_rows import Lines, Rules, Work
from missingcases.models import ActionRule, ReviewRule

_NO_FILES = "A file on disk: made data have none."


def _sheets() -> Sequence[Sheet]:
    return [*incident_rows.sheets(), *work_rows.sheets(), releases.sheet()]


def _prepare(ask: Ask) -> Writes:
    work = Work(_lines(), _rules(), ask.end)

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        incident_rows.write(case, chance, pages)
        work.write(case, chance, pages)

    return write


def _lines() -> Lines:
    found: Lines = {}
    for rule in ReviewRule.objects.filter(is_active=True).order_by("pk"):
        line = ReviewLine(rule.kind, rule.applies_to, rule.first_after_minutes, rule.then_every_minutes)
        found.setdefault(rule.level, []).append(line)
    return found


def _rules() -> Rules:
    found: Rules = {}
    for rule in ActionRule.objects.filter(is_active=True).order_by("pk"):
        # The rule of ninety days says again what that of thirty says.
        if rule.trigger in ("long_absence", "risk") or rule.within_days == 30:
            found.setdefault(rule.trigger, []).append((rule.pk, rule.action_kind, rule.action_owner))
    return found


SERVICE = Service(
    "missingcases",
    _sheets,
    _prepare,
    left_out={
        "missingcases.Attachment": _NO_FILES,
        "missingcases.Photo": _NO_FILES,
    },
    measures=MEASURES,
)
