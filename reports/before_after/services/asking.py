"""Asking: the question is kept at once, and a worker answers it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from foundation.tasks import send_or_leave
from reports.before_after.enums import UNDER_WAY, Against, AnalysisStatus
from reports.before_after.models import Analysis
from reports.before_after.selectors import analysis_named
from reports.before_after.states import ANALYSIS
from reports.periods import Period
from reports.policies import may_read_figures_of
from reports.scope import Scope

# Two years of returns: more takes minutes, and mixes schemes and habits.
LONGEST_DAYS = 731


def ask(*, actor: Actor, scope: Scope, period: Period, against: str) -> Analysis:
    """Keep the question of the returns of a period, and have it answered. Raises `Refused`, `Invalid`.

    All forces' records may serve as comparison: they are added up, and none of them is shown. What the
    organisation has asked already and is not answered yet is not asked twice.
    """
    require(may_read_figures_of(actor, scope))
    if against not in Against.values:
        raise Invalid({"against": "Choose one of the listed values."})
    if period.days > LONGEST_DAYS:
        raise Invalid({"period": "Choose two years at most."})
    if actor.organisation_id is None or actor.user_id is None:  # the policy has refused such a one
        raise NotVisible("scope")
    question = {
        "organisation_id": actor.organisation_id, "force_id": scope.force_id,
        "starts_on": period.start, "ends_on": period.end, "against": against,
    }  # fmt: skip
    asked = Analysis.objects.filter(status__in=UNDER_WAY, **question).first()
    if asked is not None:
        return asked
    with transaction.atomic():
        analysis = Analysis.objects.create(asked_by_id=actor.user_id, **question)
        fields = ["force", "period", "against"]
        audit.record(actor=actor, action="before_after.asked", target=analysis, fields=fields)
    kick(analysis.pk)
    return analysis


def ask_again(*, actor: Actor, reference: str) -> Analysis:
    """Have a question worked out anew that could not be. Raises `NotVisible`, `Refused`."""
    analysis = analysis_named(actor, reference)
    require(may_read_figures_of(actor, Scope(analysis.force_id)))
    changes = {"attempts": 0, "asked_at": timezone.now()}
    move(analysis, ANALYSIS, AnalysisStatus.WAITING, actor=actor, changes=changes)
    kick(analysis.pk)
    return analysis


def kick(analysis_id: int) -> None:
    """Queue the work once whatever was written is there to be read; the sweep finds what is lost."""
    from reports.before_after.tasks import work_out

    transaction.on_commit(lambda: send_or_leave(work_out, analysis_id, lane="bulk"))
