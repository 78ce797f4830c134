"""What reviews keep of people: that an incident was read in one, what was coded, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.actors import Actor
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from reports.cohorts.deadlines import KEEP_WORDS
from reports.cohorts.models import Decision, Reading
from reports.cohorts.services.erasing import erase_memos, erase_reasons

_CASE, _READING, _DECISION = "cohorts.Case", "cohorts.Reading", "cohorts.Decision"
_ERASER = Actor.system("cohorts.retention")
_WHOSE = "case__review__organisation"
_WEIGHED = "What two readers thought of notes that others wrote; it may show these, and is weighed first."


def _memos_due(now: datetime) -> Sequence[int]:
    over = Reading.objects.filter(opened_at__lte=now - KEEP_WORDS).exclude(memo="")
    return list(over.order_by("opened_at", "pk").values_list("pk", flat=True)[:1000])


def _reasons_due(now: datetime) -> Sequence[int]:
    over = Decision.objects.filter(decided_at__lte=now - KEEP_WORDS).exclude(reason="")
    return list(over.order_by("decided_at", "pk").values_list("pk", flat=True)[:1000])


def _memos_of(incident_ids: Sequence[int]) -> None:
    rows = Reading.objects.filter(case__incident_id__in=incident_ids).exclude(memo="")
    erase_memos(ids=list(rows.values_list("pk", flat=True)), actor=_ERASER)


def _reasons_of(incident_ids: Sequence[int]) -> None:
    rows = Decision.objects.filter(case__incident_id__in=incident_ids).exclude(reason="")
    erase_reasons(ids=list(rows.values_list("pk", flat=True)), actor=_ERASER)


MERGE = (Merge(_CASE, "incident", "Stays with the incident that was read, which is kept whole."),)
HOLDINGS = (
    Holding(
        _CASE,
        "incident",
        "Read in a review of cases",
        "review__frozen_at",
        ("number",),
        "review__organisation",
    ),
    Holding(_READING, "case", "Read and coded", "opened_at", ("status",), _WHOSE, withheld=_WEIGHED),
    Holding(_DECISION, "case", "Decided between two readers", "decided_at", ("value",), _WHOSE, _WEIGHED),
    Holding("cohorts.Code", "reading", "Coded by a reader", "coded_at", ("value",), f"reading__{_WHOSE}"),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)
RETENTION = (
    Retention(_CASE, "incident", "Kept with the incident's own record; it holds a number alone."),
    Retention("cohorts.Code", "reading", "Stays: it is counted, and holds no words."),
    Retention(
        _READING,
        "case",
        "What a reader wrote for themselves is erased two years after they began (P); codes stay.",
        KEEP_WORDS,
        _memos_due,
        lambda ids, actor: erase_memos(ids=ids, actor=actor),
        whose=_WHOSE,
        anonymise=_memos_of,
    ),
    Retention(
        _DECISION,
        "case",
        "Why it was decided so is erased two years afterwards (P); what was decided stays.",
        KEEP_WORDS,
        _reasons_due,
        lambda ids, actor: erase_reasons(ids=ids, actor=actor),
        whose=_WHOSE,
        anonymise=_reasons_of,
    ),
)
