"""Visits, those that call, and whom they call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from foundation.accounts.enums import HELPLINE, OrganisationKind, Role
from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.visits.enums import ON_THE_WAY
from rhi.models import Visit, VisitRule
from rhi.selectors.referrals import visible_to
from rhi.states import ALLOCATORS

# Whom a visit calls first, and whom besides when nobody answered.
_FIRST = {
    OrganisationKind.CHARITY: frozenset({Role.CHARITY_MANAGER}),
    OrganisationKind.LOCAL_AUTHORITY: frozenset({Role.LOCAL_AUTHORITY}),
}
_BESIDES = {
    OrganisationKind.CHARITY: HELPLINE,
    OrganisationKind.LOCAL_AUTHORITY: frozenset({Role.LOCAL_AUTHORITY, Role.RHI_INTERVIEWER}),
}


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    """The visits of the referrals whose content `actor` may read."""
    rows = Visit.objects.filter(referral__in=visible_to(actor).values("pk"))
    return rows.select_related("referral__incident", "referral__provider", "worker", "resolved_by")


def visit_named(actor: Actor, reference: str) -> Visit:
    """The visit of this reference, if `actor` may see it. Raises `NotVisible`."""
    found = visits_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def alarms_of(actor: Actor) -> QuerySet[Visit]:
    """What called and waits for the words of one of the actor's managers, the longest late first."""
    if not actor.holds(ALLOCATORS):
        return Visit.objects.none()
    rows = visits_visible_to(actor).filter(called__gt=0, resolved_at__isnull=True)
    return rows.order_by("starts_at", "pk")


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """The actor's own visits that have not ended, the next first."""
    rows = visits_visible_to(actor).filter(worker_id=actor.user_id, status__in=sorted(ON_THE_WAY))
    return rows.order_by("starts_at", "pk")


def to_call(now: datetime, *, most: int) -> Sequence[int]:
    """The visits of which somebody is to hear by `now`, the longest late first."""
    due = Visit.objects.filter(alarm_at__lte=now).order_by("alarm_at", "pk")
    return list(due.values_list("pk", flat=True)[:most])


def people_to_call(visit: Visit, *, besides: bool) -> list[User]:
    """The provider's managers; from the second call on whoever else is awake. Never whoever is out there."""
    provider: Organisation = visit.referral.provider
    roles = (_BESIDES if besides else _FIRST)[OrganisationKind(provider.kind)]
    found = people_holding(provider.pk, roles).exclude(pk=visit.worker_id)
    return list(found.filter(~Q(email="")).order_by("pk"))


def visit_rule_of(provider_id: int) -> VisitRule:
    """A provider's rule; the defaults, unsaved, where it set none."""
    found = VisitRule.objects.filter(organisation_id=provider_id).first()
    return found or VisitRule(organisation_id=provider_id)
