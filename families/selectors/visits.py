"""Visits to families, those that call, and whom they call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from families.models import Visit, VisitRule
from families.selectors.cases import cases_visible_to
from families.states import MANAGERS, WORKERS
from foundation.accounts.enums import HELPLINE
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.visits.enums import ON_THE_WAY


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """The visits of the cases that the actor sees, their own, and for a duty manager those that call.

    A worker who was not heard of is found whatever family they went to: the visit is shown, not the case.
    """
    rows = Visit.objects.filter(case__charity_id=actor.organisation_id or 0)
    if actor.user_id is None or not actor.holds(WORKERS):
        return rows.none()
    seen = Q(case__in=cases_visible_to(actor).order_by().values("pk")) | Q(worker_id=actor.user_id)
    if actor.holds(MANAGERS):
        seen |= Q(called__gt=0, resolved_at__isnull=True)
    return rows.filter(seen).select_related("case", "member", "worker", "resolved_by")


def visit_named(actor: Actor, reference: str) -> Visit:
    """The visit of this reference. Raises `NotVisible`."""
    found = visits_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def alarms_of(actor: Actor) -> QuerySet[Visit]:
    """What called and waits for a duty manager's words, the longest late first."""
    if not actor.holds(MANAGERS):
        return Visit.objects.none()
    rows = visits_visible_to(actor).filter(called__gt=0, resolved_at__isnull=True)
    return rows.order_by("starts_at", "pk")


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """The actor's own visits that have not ended, the next first."""
    rows = visits_visible_to(actor).filter(worker_id=actor.user_id, status__in=sorted(ON_THE_WAY))
    return rows.order_by("starts_at", "pk")


def others_out(actor: Actor) -> QuerySet[Visit]:
    """Colleagues who are out there and not late, for whoever sees the case."""
    rows = visits_visible_to(actor).filter(status__in=sorted(ON_THE_WAY), called=0)
    return rows.exclude(worker_id=actor.user_id).order_by("starts_at", "pk")


def to_call(now: datetime, *, most: int) -> Sequence[int]:
    """The visits of which somebody is to hear by `now`, the longest late first."""
    due = Visit.objects.filter(alarm_at__lte=now).order_by("alarm_at", "pk")
    return list(due.values_list("pk", flat=True)[:most])


def people_to_call(visit: Visit, *, besides: bool) -> list[User]:
    """The duty managers; from the second call on the whole helpline. Never whoever is out there."""
    found = people_holding(visit.case.charity_id, HELPLINE if besides else MANAGERS)
    return list(found.exclude(pk=visit.worker_id).filter(~Q(email="")).order_by("pk"))


def visit_rule_of(charity_id: int) -> VisitRule:
    """The charity's rule; the defaults, unsaved, where it set none."""
    found = VisitRule.objects.filter(organisation_id=charity_id).first()
    return found or VisitRule(organisation_id=charity_id)
