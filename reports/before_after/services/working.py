"""Working an answer out. Whoever works holds the row, so a killed worker is known by its lock being gone."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.states import move_held
from reports.before_after.enums import UNDER_WAY, AnalysisStatus
from reports.before_after.models import Analysis
from reports.before_after.results import METHOD, Result, kept
from reports.before_after.selectors import Question, cohort
from reports.before_after.services.asking import kick
from reports.before_after.states import ANALYSIS
from reports.periods import Period

WORKER = Actor.system("before_after.work_out")
# A worker that was killed so often over one question is killed by it.
MOST_ATTEMPTS = 3
# What was only just asked is in the queue.
QUEUED_FOR = timedelta(seconds=60)
_SWEPT = 20

log = structlog.get_logger(__name__)


def work_out(*, analysis_id: int) -> None:
    """Answer the question and keep the answer. What another worker holds, or is done, is left alone."""
    if not _begin(analysis_id):
        return
    try:
        _answer(analysis_id)
    except Exception as problem:
        log.exception("analysis_failed", analysis_id=analysis_id, error=type(problem).__name__)
        _give_up(analysis_id)


@transaction.atomic
def _begin(analysis_id: int) -> bool:
    analysis = _free(Analysis.objects.filter(pk=analysis_id)).first()
    if analysis is None:
        return False
    if analysis.attempts >= MOST_ATTEMPTS:
        move_held(analysis, ANALYSIS, AnalysisStatus.FAILED, actor=WORKER)
        return False
    analysis.attempts += 1
    if analysis.status == AnalysisStatus.WAITING:
        changes = {"attempts": analysis.attempts}
        move_held(analysis, ANALYSIS, AnalysisStatus.RUNNING, actor=WORKER, changes=changes)
    else:
        analysis.save(update_fields=["attempts"])
    return True


def _free(rows: QuerySet[Analysis]) -> QuerySet[Analysis]:
    """Locked; without those that another worker holds."""
    return rows.filter(status__in=UNDER_WAY).select_for_update(no_key=True, skip_locked=True)


@transaction.atomic
def _answer(analysis_id: int) -> None:
    # Loads numpy, which no process that serves pages needs.
    from reports.before_after.answer import answer

    analysis = _free(Analysis.objects.filter(pk=analysis_id)).first()
    if analysis is None:
        return
    now = timezone.now()
    period = Period(analysis.starts_on, analysis.ends_on)
    found = cohort(Question(period.starts_at, period.ends_at, analysis.against, now, analysis.force_id))
    result = Result(found.intended, found.excluded, answer(found.rows))
    changes = {"result": kept(result), "method": METHOD, "made_at": now}
    move_held(analysis, ANALYSIS, AnalysisStatus.DONE, actor=WORKER, changes=changes)


@transaction.atomic
def _give_up(analysis_id: int) -> None:
    analysis = _free(Analysis.objects.filter(pk=analysis_id)).first()
    if analysis is not None:
        move_held(analysis, ANALYSIS, AnalysisStatus.FAILED, actor=WORKER)


def resume_stalled() -> int:
    """Kick what nobody works on: its worker is gone, or the queue was away when it was asked."""
    with transaction.atomic():
        waiting = Analysis.objects.filter(asked_at__lt=timezone.now() - QUEUED_FOR).order_by("asked_at")
        ids = list(_free(waiting).values_list("pk", flat=True)[:_SWEPT])
    for analysis_id in ids:
        kick(analysis_id)
    return len(ids)
