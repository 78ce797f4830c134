"""A visit by somebody alone: planned, begun, ended, and settled by a person where it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import services as messaging
from foundation.states import move
from rhi import policies
from rhi.deadlines import alarm_at
from rhi.enums import VisitMarker, VisitStatus
from rhi.models import Visit
from rhi.selectors import visible_to, visit_rule_of
from rhi.services.common import for_work, locked, need
from rhi.states import VISIT

LABEL = "rhi.Visit"
LONGEST = timedelta(hours=8)
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
    _check(place, with_whom, starts_at, ends_at, markers)
    minutes = visit_rule_of(referral.provider_id).call_after_minutes
    visit = Visit.objects.create(
        referral=referral,
        worker_id=actor.user_id or 0,
        place=place.strip(),
        with_whom=with_whom.strip(),
        markers=list(markers),
        safety_note=safety_note.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        alarm_at=alarm_at(starts_at, minutes=minutes),
        form_token=form_token,
    )
    audit.record(actor=actor, action="rhi.visit_planned", target=visit, incident_id=referral.incident_id)
    return visit


def _check(
    place: str, with_whom: str, starts_at: datetime, ends_at: datetime, markers: Sequence[str]
) -> None:
    problems: dict[str, str] = {}
    if not place.strip():
        problems["place"] = "Say where you will be, so that somebody can come."
    if not with_whom.strip():
        problems["with_whom"] = "Say whom you will meet."
    if starts_at < timezone.now() - timedelta(hours=1):
        problems["starts_at"] = "Plan a visit before it begins."
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        problems["ends_at"] = "Give an end after the beginning, at most eight hours later."
    if any(one not in VisitMarker.values for one in markers):
        problems["markers"] = "Choose from the listed values."
    if problems:
        raise Invalid(problems)


@transaction.atomic
def check_in(*, actor: Actor, visit_id: int) -> Visit:
    """I am there. From now on the visit's end is watched."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.UNDER_WAY))
    now = timezone.now()
    minutes = visit_rule_of(visit.referral.provider_id).call_after_minutes
    watched = alarm_at(max(visit.ends_at, now), minutes=minutes)
    changes = {"checked_in_at": now, "alarm_at": watched}
    moved = move(visit, VISIT, _V.UNDER_WAY, actor=actor, changes=changes)
    _take_back_calls(actor, visit)
    return moved


@transaction.atomic
def check_out(*, actor: Actor, visit_id: int) -> Visit:
    """I am away and safe. Calls end; where some went out already, a manager still says what it was."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.ENDED))
    changes = {"checked_out_at": timezone.now(), "alarm_at": None}
    moved = move(visit, VISIT, _V.ENDED, actor=actor, changes=changes)
    _take_back_calls(actor, visit)
    return moved


@transaction.atomic
def cancel_visit(*, actor: Actor, visit_id: int, reason: str) -> Visit:
    """I am not going."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_move_visit(actor, visit, _V.CANCELLED))
    moved = move(visit, VISIT, _V.CANCELLED, actor=actor, reason=reason, changes={"alarm_at": None})
    _take_back_calls(actor, visit)
    return moved


@transaction.atomic
def resolve_visit(*, actor: Actor, visit_id: int, resolution: str) -> Visit:
    """A manager says what became of a worker who was not heard of. Calls end with it."""
    visit = locked_visit(actor, visit_id)
    require(policies.may_resolve_visit(actor, visit))
    words = need(resolution, "resolution", "Say what you found out and did. This is kept with the record.")
    changes = {
        "resolution": words,
        "resolved_at": timezone.now(),
        "resolved_by_id": actor.user_id,
        "alarm_at": None,
    }
    moved = move(visit, VISIT, _V.RESOLVED, actor=actor, changes=changes)
    _take_back_calls(actor, visit)
    return moved


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


def _take_back_calls(actor: Actor, visit: Visit) -> None:
    messaging.cancel_for_owner(actor=actor, owner_label=LABEL, owner_ids=[visit.pk], cause="taken_up")
