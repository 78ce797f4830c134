"""Asking whether interviews help, and keeping the answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from reports.before_after.answer import answer
from reports.before_after.enums import Against
from reports.before_after.models import Analysis
from reports.before_after.results import METHOD, Result, kept
from reports.before_after.selectors import Question, cohort
from reports.periods import Period
from reports.policies import may_read_figures_of
from reports.scope import Scope

# Two years of returns: more takes minutes, and mixes schemes and habits.
LONGEST_DAYS = 731


@transaction.atomic
def analyse(*, actor: Actor, scope: Scope, period: Period, against: str) -> Analysis:
    """Answer for the returns of a period, and keep it as it is found now. Raises `Refused`, `Invalid`.

    All forces' records may serve as comparison: they are added up, and none of them is shown.
    """
    require(may_read_figures_of(actor, scope))
    if against not in Against.values:
        raise Invalid({"against": "Choose one of the listed values."})
    if period.days > LONGEST_DAYS:
        raise Invalid({"period": "Choose two years at most."})
    if actor.organisation_id is None or actor.user_id is None:  # the policy has refused such a one
        raise NotVisible("scope")
    now = timezone.now()
    found = cohort(Question(period.starts_at, period.ends_at, against, now, scope.force_id))
    result = Result(found.intended, found.excluded, answer(found.rows))
    analysis = Analysis.objects.create(
        organisation_id=actor.organisation_id,
        asked_by_id=actor.user_id,
        force_id=scope.force_id,
        starts_on=period.start,
        ends_on=period.end,
        against=against,
        result=kept(result),
        method=METHOD,
        made_at=now,
    )
    audit.record(
        actor=actor, action="before_after.analysed", target=analysis, fields=["force", "period", "against"]
    )
    return analysis
