"""A visit to a relative by somebody alone: planned, begun, ended, settled by a person where it was not."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from families import policies
from families.models import SupportCase, Visit, VisitRule
from families.selectors.visits import visit_rule_of, visits_visible_to
from families.services.common import case_to_write, edit, member_of
from families.states import VISIT
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import numbers
from foundation.messaging.exceptions import InvalidAddress
from foundation.visits.deadlines import LONGEST_MINUTES, SHORTEST_MINUTES
from foundation.visits.enums import VisitStatus
from foundation.visits.services import Kind, Plan, begin, call_off, check, finish, settle

KIND = Kind("families.Visit", VISIT)
_V = VisitStatus


@transaction.atomic
def plan_visit(
    *,
    actor: Actor,
    case_id: int,
    member_id: int | None,
    plan: Plan,
    telephone: str,
    form_token: UUID,
) -> Visit:
    """Say where one goes, whom one meets and when one is back. The same form sent twice is one visit.

    Raises `Invalid` by field, `Refused`, `NotVisible`.
    """
    case = case_to_write(actor, case_id)
    known = Visit.objects.filter(form_token=form_token, case=case).first()
    if known is not None:
        return known
    member = member_of(case, member_id) if member_id else None
    require(policies.may_visit(case, member))
    check(plan)
    visit = Visit.objects.create(
        case=case,
        member=member,
        worker_id=actor.user_id or 0,
        telephone=_number("telephone", telephone),
        form_token=form_token,
        **plan.fields(minutes=visit_rule_of(case.charity_id).call_after_minutes),
    )
    audit.record(actor=actor, action="families.visit_planned", target=visit)
    return visit


def _number(field: str, given: str) -> str:
    if not given.strip():
        return ""
    try:
        return numbers.normalise(given)
    except InvalidAddress as problem:
        raise Invalid({field: str(problem)}) from None


@transaction.atomic
def check_in(*, actor: Actor, visit_id: int) -> Visit:
    """I am there. From now on the visit's end is watched."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.UNDER_WAY))
    minutes = visit_rule_of(visit.case.charity_id).call_after_minutes
    return begin(visit, KIND, actor=actor, minutes=minutes)


@transaction.atomic
def check_out(*, actor: Actor, visit_id: int) -> Visit:
    """I am away and safe."""
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
    """A duty manager says what became of a worker who was not heard of. Calls end with it."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_resolve_visit(actor, visit))
    return settle(visit, KIND, actor=actor, resolution=resolution)


def locked_visit(actor: Actor, visit_id: int) -> Visit:
    """The visit, locked after its case. Raises `NotVisible`.

    Whoever is out there ends their visit also when the family was kept from them meanwhile.
    """
    if not actor.is_system and not visits_visible_to(actor).filter(pk=visit_id).exists():
        raise NotVisible(f"visit {visit_id}")
    case_id = Visit.objects.values_list("case_id", flat=True).get(pk=visit_id)
    case = SupportCase.objects.select_for_update(no_key=True).get(pk=case_id)
    visit = Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    visit.case = case
    return visit


@transaction.atomic
def record_visit_opened(*, actor: Actor, visit: Visit) -> None:
    """Note that somebody read where a colleague is."""
    audit.record(actor=actor, action="families.visit_opened", target=visit)


@transaction.atomic
def save_visit_rule(*, actor: Actor, version: int, duty_phone: str, call_after_minutes: int) -> VisitRule:
    """Save the duty telephone, and how soon a visit that does not end calls. Raises `Invalid`, `Conflict`."""
    require(policies.may_set_visit_rule(actor))
    if not SHORTEST_MINUTES <= call_after_minutes <= LONGEST_MINUTES:
        raise Invalid({"call_after_minutes": f"Give {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes."})
    number = _number("duty_phone", duty_phone)
    VisitRule.objects.get_or_create(organisation_id=actor.organisation_id or 0)
    row = VisitRule.objects.select_for_update(no_key=True).get(organisation_id=actor.organisation_id or 0)
    changed = edit(
        row, version=version, changes={"duty_phone": number, "call_after_minutes": call_after_minutes}
    )
    audit.record(actor=actor, action="families.visit_rule_saved", target=row, fields=changed)
    return row
