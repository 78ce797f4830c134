"""A visit by somebody alone: planned, begun, ended, and settled by a person where it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.visits.enums import VisitStatus
from foundation.visits.services import Kind, Plan, begin, call_off, check, finish, settle
from rhi import policies
from rhi.models import Visit
from rhi.selectors import visible_to, visit_rule_of
from rhi.services.common import for_work, locked
from rhi.states import VISIT

LABEL = "rhi.Visit"
KIND = Kind(LABEL, VISIT)
_V = VisitStatus


@transaction.atomic
def plan_visit(
    *,
    actor: Actor,
    referral_id: int,
    place: str,
    with_whom: str,
    starts_at: datetime,
    ends_at: datetime,
    markers: Sequence[str],
    safety_note: str,
    form_token: UUID,
) -> Visit:
    """Say where one goes, whom one meets and when one is back. The same form sent twice is one visit.

    Raises `Invalid` by field, `Refused`, `NotVisible`.
    """
    referral = for_work(actor, referral_id)
    known = Visit.objects.filter(form_token=form_token, referral=referral).first()
    if known is not None:
        return known
    require(policies.may_plan_visit(actor, referral))
    plan = Plan(place, with_whom, starts_at, ends_at, markers, safety_note)
    check(plan)
    minutes = visit_rule_of(referral.provider_id).call_after_minutes
    visit = Visit.objects.create(
        referral=referral,
        worker_id=actor.user_id or 0,
        form_token=form_token,
        **plan.fields(minutes=minutes),
    )
    audit.record(actor=actor, action="rhi.visit_planned", target=visit, incident_id=referral.incident_id)
    return visit


@transaction.atomic
def check_in(*, actor: Actor, visit_id: int) -> Visit:
    """I am there. From now on the visit's end is watched."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.UNDER_WAY))
    minutes = visit_rule_of(visit.referral.provider_id).call_after_minutes
    return begin(visit, KIND, actor=actor, minutes=minutes)


@transaction.atomic
def check_out(*, actor: Actor, visit_id: int) -> Visit:
    """I am away and safe. Calls end; where some went out already, a manager still says what it was."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.ENDED))
    return finish(visit, KIND, actor=actor)


@transaction.atomic
def cancel_visit(*, actor: Actor, visit_id: int, reason: str) -> Visit:
    """I am not going."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.CANCELLED))
    return call_off(visit, KIND, actor=actor, reason=reason)


@transaction.atomic
def resolve_visit(*, actor: Actor, visit_id: int, resolution: str) -> Visit:
    """A manager says what became of a worker who was not heard of. Calls end with it."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_resolve_visit(actor, visit))
    return settle(visit, KIND, actor=actor, resolution=resolution)


def locked_visit(actor: Actor, visit_id: int) -> Visit:
    """The visit, locked after its incident and referral. Raises `NotVisible`."""
    found = Visit.objects.filter(pk=visit_id).values_list("referral_id", flat=True).first()
    if found is None:
        raise NotVisible(f"visit {visit_id}")
    referral = locked(found)
    if not actor.is_system and not _sees(actor, visit_id, found):
        raise NotVisible(f"visit {visit_id}")
    visit = Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    visit.referral = referral
    return visit


def _sees(actor: Actor, visit_id: int, referral_id: int) -> bool:
    """Whoever is out there ends their visit also when the child was given to somebody else meanwhile."""
    own = Visit.objects.filter(
        pk=visit_id, worker_id=actor.user_id or 0, referral__provider_id=actor.organisation_id
    )
    return visible_to(actor).filter(pk=referral_id).exists() or own.exists()
